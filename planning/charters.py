"""What each role is there for: the charters that Cadre ships with.

They say for a customer-care team who does what, so that nothing is done twice and nothing by
nobody. An administrator may rewrite any of them.
"""

from dataclasses import dataclass

from planning.structure import (
    AGENT,
    DIRECTOR,
    MANAGER,
    QUALITY_ANALYST,
    SUPERVISOR,
    TEAM_LEAD,
    TRAINER,
    WORKFORCE_PLANNER,
)

USUAL = "Usual practice of customer-care outsourcing"


@dataclass(frozen=True)
class Charter:
    """A role's purpose, its duties and skills, and the role it reports to ("" for the top)."""

    role: str
    purpose: str
    duties: tuple[str, ...]
    skills: tuple[str, ...]
    reports_to: str
    source: str = USUAL


DEFAULT_CHARTERS = (
    Charter(
        AGENT,
        "Is the first whom a customer meets, and solves what the customer came for.",
        (
            "Answer customers on the channels of the line, in its language",
            "Solve complaints, take orders and give information",
            "Write down each contact so that nobody has to ask twice",
            "Hand over what is beyond the tier, with a note of what was tried",
            "Say where the knowledge base is wrong or silent",
        ),
        ("Listening", "Empathy", "Clear writing and speaking", "The client's products and tools"),
        TEAM_LEAD,
    ),
    Charter(
        TEAM_LEAD,
        "Leads one team to its targets, and is at hand when a contact gets hard.",
        (
            "Instruct, direct and motivate the team each day",
            "Follow the team's targets, and say early what endangers them",
            "Coach each agent from real contacts, at least twice a month",
            "Take over hard contacts",
            "Ask for what the team lacks: tools, training, people",
            "Resolve conflicts within the team",
        ),
        ("Leading by example", "Coaching", "De-escalation", "A year or more as a certified agent"),
        SUPERVISOR,
    ),
    Charter(
        SUPERVISOR,
        "Leads several team leads, and answers for complaints until they are closed.",
        (
            "Own each escalated complaint: apologise, decide, close it",
            "Lead the team leads, and stand in for one who is away",
            "Balance people and work between teams during the day",
            "Bring what customers complain of again and again to the manager",
        ),
        ("Complaint handling", "Leading leads", "Reading service reports"),
        MANAGER,
    ),
    Charter(
        QUALITY_ANALYST,
        "Measures how well contacts are handled, and shows where to improve.",
        (
            "Draw a random sample of contacts from each channel and reason",
            "Score contacts by the agreed form, and discuss each score",
            "Calibrate with leads and the client every month",
            "Report trends by team, and what they cost the customer",
        ),
        ("Fair and consistent judgement", "Listening", "Statistics of small samples"),
        MANAGER,
    ),
    Charter(
        TRAINER,
        "Sees to it that people can do the work before they do it alone.",
        (
            "Teach hard and soft skills by the programme of the role",
            "Assess by test, role play and first contacts, and certify",
            "Keep the programme in step with products and findings",
            "Refresh what falls due",
        ),
        ("Teaching adults", "Role play and fair assessment", "The client's products and tools"),
        MANAGER,
    ),
    Charter(
        "coach",
        "Turns what quality finds into what people can do.",
        (
            "Agree with each person on one thing to change, and look at it again",
            "Design with quality analysts how a gap in knowledge is closed",
            "Sit beside people in nesting",
            "Keep account of progress until a finding is closed",
        ),
        ("Giving feedback", "Patience", "Following up"),
        MANAGER,
    ),
    Charter(
        WORKFORCE_PLANNER,
        "Has the right number of people at work in each half-hour.",
        (
            "Forecast volumes and handling times, and say how sure that is",
            "Make schedules that keep the promise, the law and the hours agreed",
            "Steer during the day: breaks, overtime, help from other lines",
            "Explain why the promise was missed, and what would have held it",
        ),
        ("Forecasting", "Queueing and scheduling", "Labour law of the site"),
        MANAGER,
    ),
    Charter(
        MANAGER,
        "Answers for the whole daily operation, to the client and to us.",
        (
            "Oversee daily work, and keep what was promised",
            "Manage the budget of the engagement",
            "Appoint team leads from among several, and say why",
            "Meet the client every week with numbers and actions",
            "Make policy of what works, and keep roles free of gaps and overlaps",
            "Look after recognition, growth and the mood of the team",
        ),
        ("Managing operations", "Budgeting", "Dealing with clients", "Resolving conflicts"),
        DIRECTOR,
    ),
    Charter(
        DIRECTOR,
        "Answers for strategy and finance over all that a client has with us.",
        (
            "Agree on goals with the client's executives, and review them each quarter",
            "Decide on investment, price and margin",
            "Lead the managers, and decide between sites",
            "Answer for security, law and continuity",
        ),
        ("Strategy", "Finance", "Negotiation"),
        "",
    ),
    Charter(
        "customer_success_manager",
        "Keeps the client's customers successful, before they ask.",
        (
            "Look after a portfolio of customers, and know their aims",
            "Call before there is trouble: use, renewal, new functions",
            "Bring what customers need to product and operations",
        ),
        ("Building relations", "Advising", "Knowing the customers' business"),
        MANAGER,
    ),
    Charter(
        "account_manager",
        "Is the one person whom the client's departments ask.",
        (
            "Know the client's departments, and bring their wishes into one list",
            "Prepare changes of scope, volume and price",
            "See to it that what was agreed is written down and done",
        ),
        ("Dealing with clients", "Commercial sense", "Writing clearly"),
        MANAGER,
    ),
    Charter(
        "loyalty_manager",
        "Makes customers stay: programmes, rewards, and those about to leave.",
        (
            "Run the programme's daily work: points, rewards, complaints",
            "Have customers who leave asked why, and report it",
            "Propose offers, and measure what they bring",
        ),
        ("Reading customer data", "Marketing sense", "Empathy"),
        MANAGER,
    ),
    Charter(
        "returns_manager",
        "Answers for returns, warranties and what is wrong with products.",
        (
            "Keep the rules for returns and warranties, and their exceptions",
            "Watch each open case until the customer has money or goods",
            "Tell the client which products come back, and why",
        ),
        ("Consumer law", "Working with logistics", "Attention to detail"),
        MANAGER,
    ),
    Charter(
        "escalation_manager",
        "Answers for cases that have left the teams, each until it is closed.",
        (
            "Receive every escalation within the hour, and name its owner",
            "Bring in whom it takes, at the client too",
            "Report causes every week, and what will remove them",
        ),
        ("De-escalation", "Finding causes", "Authority without rank"),
        MANAGER,
    ),
    Charter(
        "sales_manager",
        "Answers for what is sold in contacts, and that it suits whoever buys it.",
        (
            "Set and follow targets for revenue",
            "Train offers and objections, and listen to real sales",
            "Stop sales that would come back as complaints",
        ),
        ("Selling", "Coaching", "Law of distance selling"),
        MANAGER,
    ),
)
