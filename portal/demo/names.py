"""Names for people who do not exist, by where they might live and what they speak.

First and last names are common ones, put together at random: whoever bears one of these names in
full has nothing to do with the demo.
"""

from dataclasses import dataclass

POLISH_WOMEN = (
    """
    Agnieszka Aleksandra Anna Ewa Joanna Julia Karolina Katarzyna Magdalena Małgorzata Monika
    Natalia Oliwia Patrycja Weronika Zofia Zuzanna
    """,
    """
    Adamczyk Bąk Chmielewska Czerwińska Dąbrowska Duda Głowacka Górska Jabłońska Kaczmarek
    Kamińska Krawczyk Kwiatkowska Lis Majewska Mazur Nowak Ostrowska Sikora Szymańska Wieczorek Żak
    """,
)
POLISH_MEN = (
    """
    Bartosz Dawid Filip Grzegorz Jakub Kacper Krzysztof Łukasz Mateusz Michał Paweł Piotr Szymon
    Tomasz Wojciech
    """,
    """
    Błaszczyk Czerwiński Dąbrowski Duda Głowacki Jankowski Kaczmarek Kamiński Kowalczyk Król
    Kwiatkowski Lis Majewski Mazur Pawlak Piątek Sobczak Walczak Wróbel Zając Żak
    """,
)
GERMAN = (
    """
    Anke Britta Christoph Dirk Emre Felix Greta Hannah Jörg Jürgen Katrin Lars Leonie Lukas
    Maren Matthias Mia Moritz Nils Özlem Paula Sabine Sören Stefan Tobias Ute Yasemin
    """,
    """
    Albrecht Arslan Bäcker Brandt Dietrich Engel Fuchs Groß Hartmann Jäger Köhler Krüger
    Lehmann Ludwig Möller Neumann Özdemir Peters Richter Schäfer Schröder Seidel Vogel Voß
    Weiß Çelik Ziegler
    """,
)
UKRAINIAN = (
    """
    Andrii Daryna Iryna Kateryna Maksym Mariia Mykola Nazar Oksana Oleksandr Olha Roman Sofiia
    Solomiia Taras Vasyl Yuliia
    """,
    """
    Bondarenko Fedorenko Havryliuk Kovalchuk Kravchenko Lysenko Marchenko Melnyk Moroz Oliinyk
    Petrenko Savchuk Shevchuk Tkachenko Tymoshchuk Vlasenko
    """,
)
PORTUGUESE = (
    """
    Afonso Beatriz Bruno Carolina Catarina Cláudia Diogo Duarte Filipa Francisca Gonçalo Inês
    João Leonor Luís Mafalda Margarida Matilde Miguel Nuno Patrícia Rodrigo Rúben Sofia Telmo
    Tiago Vânia
    """,
    """
    Almeida Araújo Azevedo Brandão Cardoso Carneiro Conceição Fonseca Freitas Gouveia Leitão
    Magalhães Matos Moreira Nogueira Paixão Pinheiro Quintela Ramalho Salgueiro Simões Tavares
    Teixeira Vasconcelos
    """,
)
FRENCH = (
    """
    Aïcha Amélie Aurélie Benoît Camille Chloé Clément Élodie Éric Fatou François Gaëlle Hélène
    Jérôme Karim Léa Loïc Maëlys Mehdi Noémie Océane Rachid Sébastien Thibault Yasmine
    """,
    """
    Benali Bonnet Chevalier Diallo Dubreuil Faure Fontaine Gauthier Guérin Haddad Lefèvre
    Lemoine Mercier Morvan N'Diaye Perrin Pélissier Renaud Roussel Traoré Vasseur
    """,
)
SPANISH = (
    """
    Adrián Alejandra Álvaro Andrés Carmen Celia Daniela Elena Gonzalo Héctor Irene Iván Javier
    Joaquín Lucía Marina Martín Noa Nuria Óscar Pablo Rocío Rubén Sergio Sofía Tomás Valentina
    Ximena
    """,
    """
    Aguilar Benítez Cabrera Calderón Castaño Domínguez Espinosa Fuentes Gallardo Herrera
    Ibáñez Jiménez León Maldonado Navarro Núñez Olmedo Peña Quiroga Rincón Salazar Ureña
    Vargas Zúñiga
    """,
)
ENGLISH = (
    """
    Aaron Aisling Amara Chidi Ciara Connor Deepa Eoin Erin Farah Grace Imran Kwame Leila Liam
    Maeve Nadia Neha Oluchi Orla Priya Rory Saoirse Shane Siobhán Tariq Zainab
    """,
    """
    Adeyemi Ahmed Brennan Chaudhry Connolly Desai Doyle Eze Fitzgerald Gallagher Hughes Iyer
    Khan Mbeki McCarthy Mensah Murphy Nair Nolan O'Brien Okonkwo Patel Quinn Rahman Sharma
    Walsh
    """,
)
ITALIAN = (
    """
    Alessia Beatrice Chiara Davide Elisa Enrico Fabio Federica Francesca Gianluca Giorgia Giulia
    Ilaria Lorenzo Luca Marco Martina Matteo Nicolò Paolo Riccardo Sara Silvia Simone Stefano Vito
    """,
    """
    Barbieri Benedetti Caruso Colombo Conti Costa Deluca Esposito Ferrara Ferri Galli Gatti
    Grasso Leone Lombardi Mancini Marchetti Martinelli Pellegrini Rinaldi Romano Rossetti Sartori
    Serra Testa Villa
    """,
)
DUTCH = (
    """
    Anouk Bas Daan Eline Femke Fleur Hidde Ilse Jasper Jelle Joost Lotte Maarten Marijke Mees
    Nienke Pieter Roos Ruben Sanne Sjoerd Thijs Wouter Yara
    """,
    """
    Bakker Bos Brouwer Dekker Dijkstra Hendriks Hoekstra Huisman Jansen Kok Kuipers Meijer Mulder
    Peeters Postma Prins Schouten Smit Veenstra Verhoeven Vermeulen Visser Vos Willems
    """,
)
SWEDISH = (
    """
    Alva Anders Astrid Björn Ebba Elsa Emil Erik Freja Gustav Hanna Ida Johan Karin Klara Lovisa
    Mårten Nils Oskar Per Signe Sofie Tuva Viktor Åsa Örjan
    """,
    """
    Åberg Almqvist Berglund Björk Dahl Ek Engström Forsberg Granlund Hedlund Holm Lindgren
    Lindqvist Lundin Nyberg Nyström Öberg Sandberg Sjögren Söderberg Sundin Wallin Wikström
    """,
)


@dataclass(frozen=True)
class Region:
    """Where candidates for an opening live, and what they speak. Shares are weights."""

    people: tuple[tuple[tuple[str, str], int], ...]
    places: tuple[tuple[str, str, int], ...]  # country, city, weight
    speaks: tuple[str, ...]  # the first is the one the work needs
    domains: tuple[str, ...]
    language: str = "en"  # of mails to them


REGIONS = {
    "german": Region(
        ((POLISH_WOMEN, 4), (POLISH_MEN, 3), (GERMAN, 3), (UKRAINIAN, 2)),
        (("PL", "Kraków", 8), ("PL", "Katowice", 3), ("PL", "Wrocław", 2), ("DE", "Görlitz", 1)),
        ("German", "English", "Polish"),
        ("poczta.example", "post.example", "mail.example"),
    ),
    "french": Region(
        ((PORTUGUESE, 5), (FRENCH, 6)),
        (("PT", "Lisboa", 7), ("PT", "Setúbal", 2), ("FR", "Bordeaux", 1), ("MA", "Rabat", 1)),
        ("French", "Portuguese", "English"),
        ("courriel.example", "correio.example", "mail.example"),
    ),
    "spanish": Region(
        ((SPANISH, 8), (ENGLISH, 1)),
        (("ES", "Málaga", 8), ("ES", "Marbella", 2), ("ES", "Granada", 2), ("AR", "Rosario", 1)),
        ("Spanish", "English", "French"),
        ("correo.example", "mail.example"),
        "es",
    ),
    "english": Region(
        ((ENGLISH, 6), (PORTUGUESE, 5)),
        (("PT", "Lisboa", 8), ("PT", "Almada", 2), ("IE", "Cork", 1), ("PT", "Porto", 1)),
        ("English", "Portuguese", "Spanish"),
        ("mail.example", "correio.example", "inbox.example"),
    ),
    "italian": Region(
        ((ITALIAN, 8), (SPANISH, 2)),
        (("ES", "Málaga", 5), ("IT", "Trieste", 3), ("IT", "Bari", 2), ("ES", "Marbella", 1)),
        ("Italian", "English", "Spanish"),
        ("posta.example", "correo.example", "mail.example"),
    ),
    "dutch": Region(
        ((DUTCH, 7), (PORTUGUESE, 2)),
        (("PT", "Lisboa", 6), ("NL", "Zwolle", 2), ("PT", "Porto", 2), ("BE", "Hasselt", 1)),
        ("Dutch", "English", "German"),
        ("bericht.example", "correio.example", "mail.example"),
    ),
    "swedish": Region(
        ((SWEDISH, 7), (POLISH_WOMEN, 2), (POLISH_MEN, 1)),
        (("PL", "Kraków", 5), ("SE", "Växjö", 3), ("PL", "Gdynia", 2), ("FI", "Vasa", 1)),
        ("Swedish", "English", "Polish"),
        ("brev.example", "poczta.example", "mail.example"),
    ),
}
