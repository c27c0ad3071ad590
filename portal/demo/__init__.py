"""Example data: companies, people and a year of work, all of it fiction.

`load.load(now)` thinks everything out first, in memory and from one seed, as rows with their
histories; then the `Book` saves them in the order in which they refer to each other. Every
address ends in .example, which no mail ever reaches.
"""
