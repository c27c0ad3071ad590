"""A library of clauses to begin with, in plain English. Counsel has not seen them."""

from django.db import migrations

CLAUSES = [
    (
        "parties",
        "Parties and purpose",
        True,
        "<p>This contract is between [provider] (the provider) and [client] (the client).</p>"
        "<p>The client has its customers cared for by a team that the provider builds, trains and "
        "runs. What both agreed about that team is in the schedules, which are part of this "
        "contract.</p>",
    ),
    (
        "services",
        "Services",
        True,
        "<p>The provider finds, hires and trains the people for [seats] seats, equips them, and leads "
        "them in their work for the client.</p>"
        "<p>The people of the team are employed by the provider or by its partners. The provider "
        "remains answerable for the work of its partners as for its own.</p>"
        "<p>The client gives the provider in good time the knowledge, the access to its systems and "
        "the decisions without which the team cannot be trained or go live.</p>",
    ),
    (
        "seats-and-prices",
        "Seats and prices",
        True,
        "<p>The seats and their monthly prices are in Schedule 1. A month in which every seat is "
        "live costs [total], before taxes that the law adds.</p>"
        "<p>A seat is charged from the day on which its agent goes live, and for the part of the "
        "month that it is live. A vacant seat is not charged.</p>"
        "<p>The provider invoices at the end of each month. An invoice is due after thirty days.</p>"
        "<p>A change of the number of seats is agreed in writing and takes effect at the earliest "
        "four weeks later.</p>",
    ),
    (
        "service-levels",
        "Service levels",
        True,
        "<p>The provider answers contacts as Schedule 2 says, measured over a calendar month, as "
        "long as the contacts are no more than those that Schedule 2 plans for.</p>"
        "<p>Each month the provider reports what was reached. Where a service level is missed two "
        "months running, the provider presents within ten working days what it will change.</p>",
    ),
    (
        "term-and-notice",
        "Term and notice",
        True,
        "<p>The contract begins when both sides have signed it. The team is planned to go live on "
        "[go_live]; Schedule 3 holds the steps towards that day.</p>"
        "<p>It runs for twelve months from going live and then continues until one side ends it. "
        "Either side may end it by three months' notice in writing, at the earliest to the end of "
        "the first twelve months.</p>"
        "<p>Either side may end it at once for a serious breach that is not put right within thirty "
        "days of being named in writing.</p>",
    ),
    (
        "data-protection",
        "Data protection",
        True,
        "<p>The client decides for what the personal data of its customers is used; the provider "
        "handles it on the client's instructions only, and for this contract only.</p>"
        "<p>The provider keeps the data secret and safe, lets only those people see it who need it "
        "for their work, and tells the client without delay of any breach.</p>"
        "<p>Both sides sign an agreement on data processing before the team goes live. When the "
        "contract ends, the provider returns or erases the data, as the client chooses.</p>",
    ),
    (
        "confidentiality",
        "Confidentiality",
        True,
        "<p>Each side keeps secret what it learns of the other's business and uses it for this "
        "contract only. This does not hold for what is public, or what a law or a court makes it "
        "disclose.</p>"
        "<p>The duty lasts for three years after the contract has ended.</p>",
    ),
    (
        "liability",
        "Liability",
        True,
        "<p>Each side is liable without limit for intent and gross negligence, for harm to life, "
        "body or health, and wherever the law allows no limit.</p>"
        "<p>Otherwise the liability of each side in a contract year is limited to the price of "
        "three months in which every seat is live. Neither side is liable for lost profit.</p>",
    ),
    (
        "no-poaching",
        "People of the team",
        False,
        "<p>During the contract and for six months after it, the client does not hire the people of "
        "the team without the provider's consent.</p>",
    ),
    (
        "signatures",
        "Changes and signatures",
        True,
        "<p>Changes of this contract need the written form. If a part of it is void, the rest "
        "stands.</p>"
        "<p>Both sides sign electronically: a named person of each side confirms by a code, sent to "
        "that person's address, a document whose SHA-256 hash is recorded with the signature.</p>",
    ),
]


def add_clauses(apps, schema_editor):
    Clause = apps.get_model("cms", "Clause")
    for position, (key, title, is_mandatory, body) in enumerate(CLAUSES, start=1):
        Clause.objects.get_or_create(
            key=key,
            defaults={
                "title": title,
                "body": body,
                "position": position * 10,
                "is_mandatory": is_mandatory,
            },
        )


def remove_clauses(apps, schema_editor):
    """Leave those that somebody has edited since."""
    for key, _, _, body in CLAUSES:
        apps.get_model("cms", "Clause").objects.filter(key=key, body=body).delete()


class Migration(migrations.Migration):
    replaces = [("cms", "0005_default_clauses")]
    dependencies = [("cms", "0003_make_site")]
    operations = [migrations.RunPython(add_clauses, remove_clauses)]
