"""The rules for a structure that Cadre ships with. An administrator may change any of them."""

from planning.rules import Rule

USUAL = "Usual practice"
SPAN = "ICMI 2019: no standard, 10-14 for one supervisor; about eight for a lead is usual practice"
EXPERTS = "Usual practice: two or three experts for hundreds of questions make a backlog"

# In the order in which they are asked: of those that hold, the first decides a setting.
DEFAULT_RULES = (
    Rule(
        "agents", "at_most", "9", "kind", "flat",
        "up to nine people are one team, which a lead and a manager can run", SPAN,
    ),
    Rule(
        "countries", "at_least", "2", "kind", "geographic",
        "each country has hours, holidays and labour law of its own, so each site needs all "
        "roles to decide on the spot",
        f"{USUAL}: divisions by location with mixed personnel",
    ),
    Rule(
        "agents", "at_most", "64", "kind", "flat",
        "up to eight leads can report to one manager, and nobody is passed on further than that",
        f"{USUAL}: six to ten leads for a manager",
    ),
    Rule(
        "agents", "at_least", "65", "kind", "hierarchical",
        "more leads than one manager can lead need supervisors between", SPAN,
    ),
    Rule(
        "agents", "at_most", "9", "teams_by", "all",
        "so few divided again are teams of two or three, each of which stops when one is ill",
        EXPERTS,
    ),
    Rule(
        "complexity", "is", "complex", "teams_by", "speciality",
        "specialists learn from those who have the same questions, and a hand-over finds one team",
        f"{USUAL}: specialised teams inside tiers",
    ),
    Rule(
        "languages", "at_least", "2", "teams_by", "language_and_tier",
        "a lead listens in and takes over only in a language that the lead speaks",
        f"{USUAL}: a lead comes from among the agents",
    ),
    Rule(
        "tiers", "at_least", "2", "teams_by", "tier",
        "each tier has targets of its own for solving and for handing over",
        f"{USUAL}: tiers by kind of question",
    ),
    Rule(
        "agents", "at_most", "15", "channels", "pooled",
        "two or three people on a channel leave customers waiting while others are free", EXPERTS,
    ),
    Rule(
        "channels", "at_least", "4", "channels", "split",
        "nobody does four channels well, and learning them all delays the start",
        f"{USUAL}: staff by channel, most where most is asked",
    ),
    Rule(
        "complexity", "is", "simple", "channels", "pooled",
        "whoever knows the handbook can answer anywhere, and one queue needs fewer people than two",
        f"{USUAL}: cross-training; the gain of pooling is Erlang's",
    ),
    Rule(
        "complexity", "is", "complex", "channels", "split",
        "hard questions take all of somebody's attention: a chat beside a call helps neither",
        f"{USUAL}: staff by channel where questions are hard",
    ),
    Rule(
        "agents", "at_most", "20", "share_roles", "yes",
        "quality, training and planning have not a full week's work each, and one person may hold "
        "several roles",
        f"{USUAL}: quality 1:25-30, training 1:15-25, planning 1:50",
    ),
    Rule(
        "agents", "at_least", "50", "share_roles", "no",
        "each of these roles has a full week's work", f"{USUAL}: one planner for 50 agents",
    ),
    Rule(
        "countries", "at_most", "1", "follow_sun", "no",
        "a single country has its night all at once", USUAL,
    ),
    Rule(
        "hours_per_week", "at_least", "120", "follow_sun", "yes",
        "nights at one site cost a premium and wear people out; another site works them by day",
        f"{USUAL}: follow the sun",
    ),
    Rule(
        "agents", "at_most", "9", "tiers", "1",
        "a second tier of fewer than three experts keeps its customers waiting", EXPERTS,
    ),
    Rule(
        "complexity", "is", "complex", "tiers", "3",
        "the first answers what is asked most, the third holds the few who solve what is serious",
        f"{USUAL}: three tiers by kind of question",
    ),
    Rule(
        "complexity", "is", "moderate", "tiers", "2",
        "some questions need a specialist, and the others should not wait behind them",
        f"{USUAL}: several levels for complex products",
    ),
    Rule(
        "complexity", "is", "simple", "tiers", "1",
        "the fewest steps take the least of the customer's time", USUAL,
    ),
    Rule(
        "agents", "at_least", "100", "extra_role", "escalation_manager",
        "complaints that leave the teams come every day: one person answers for each of them",
        f"{USUAL}: managers for escalation where volumes are large",
    ),
    Rule(
        "business_size", "at_least", "large", "extra_role", "account_manager",
        "several departments of the client ask for things, and one person has to know of all",
        f"{USUAL}: account management for large clients",
    ),
    Rule(
        "industry", "contains", "retail", "extra_role", "returns_manager",
        "returns, warranties and complaints about them are one flow of work",
        f"{USUAL}: like tasks together",
    ),
    Rule(
        "industry", "contains", "commerce", "extra_role", "returns_manager",
        "returns, warranties and complaints about them are one flow of work",
        f"{USUAL}: like tasks together",
    ),
    Rule(
        "industry", "contains", "airline", "extra_role", "loyalty_manager",
        "members of a programme ask about it, and leave when it disappoints",
        f"{USUAL}: loyalty and rewards by one hand",
    ),
    Rule(
        "industry", "contains", "software", "extra_role", "customer_success_manager",
        "customers who pay each month stay where somebody sees to it that they succeed",
        f"{USUAL}: customer success for subscriptions",
    ),
    Rule(
        "go_live_weeks", "at_most", "8", "extra_role", "coach",
        "people go live with little practice, and learn beside somebody who has time for them",
        f"{USUAL}: a coach for five to eight people in nesting",
    ),
)  # fmt: skip
