"""C6: a programme, a class, scores, nesting, a certificate; and what holds up the go-live."""

from tests.e2e.story.hiring import FROM_PUBLIC, FROM_VENDOR
from tests.e2e.story.times import days

ENGAGEMENT = "Fjord Energy: Care for German customers"


def hr_director_starts_recruiting(cast):
    cast.hr.menu("Engagements").open_in_list(ENGAGEMENT)
    cast.hr.press("Start recruiting").reads("recruiting")


def trainer_makes_a_programme_and_a_class(cast):
    trainer = cast.trainer
    trainer.menu("Classes").follow("Programmes").follow("Add a programme")
    trainer.write(
        {
            "Name": "Energy basics",
            "Description": "Meters, invoices, moving house; two days of calls played back.",
            "Days": "10",
            "Nesting days": "5",
            "Pass mark": "70",
        }
    )
    trainer.press("Save").reads("Energy basics").menu("Classes").follow("Plan a class")
    trainer.write(
        {
            "Engagement": ENGAGEMENT,
            "Programme": "Energy basics",
            "Name": "Spring",
            "Trainer": "Tara Quinn",
            "Starts on": days(30),
            "Ends on": days(44),
            "Places": "8",
        }
    )
    trainer.press("Save").press("Open for enrolment").reads("8 places are left.")


def both_are_enrolled_and_the_class_starts(cast):
    trainer = cast.trainer
    for name in (FROM_PUBLIC, FROM_VENDOR):
        trainer.page.get_by_label(name).check()
    trainer.press("Enrol them").reads("2 people are enrolled.", "6 places are left.")
    trainer.press("Start the class").reads("in class")


def scores_are_entered(cast):
    trainer = cast.trainer
    trainer.page.get_by_label(f"Score of {FROM_PUBLIC}").fill("88")
    trainer.page.get_by_label(f"Score of {FROM_VENDOR}").fill("64.5")
    trainer.press("Save the scores").reads("2 scores are saved.")
    for name in (FROM_PUBLIC, FROM_VENDOR):
        press_for(trainer, name, "Start the assessment")
    trainer.reads("The score is 64.5, the pass mark 70. · Tara Quinn")


def one_is_certified_and_the_other_nests(cast):
    trainer = cast.trainer
    press_for(trainer, FROM_PUBLIC, "Start nesting")
    press_for(trainer, FROM_PUBLIC, "Certify")
    trainer.reads(f"{FROM_PUBLIC} is certified", "1 of 2 certified.")
    trainer.page.get_by_label(f"Score of {FROM_VENDOR}").fill("71")
    trainer.press("Save the scores")
    press_for(trainer, FROM_VENDOR, "Start nesting")
    trainer.menu("Classes").follow("Certificates").reads("1 person at work holds a certificate.")


def press_for(visitor, name, words):
    """Press a button in somebody's row."""
    row = visitor.page.get_by_role("row").filter(has_text=name)
    return visitor.go_by(row.get_by_role("button", name=words))


def delivery_manager_reads_what_holds_up_the_go_live(cast):
    delivery = cast.delivery
    delivery.menu("Home").follow("Fjord Energy").press("Start training")
    delivery.reads(
        "4 of 5 seats are not live yet.",
        "1 person in class is neither certified, failed nor withdrawn.",
    )
    button = delivery.page.get_by_role("button", name="Take the team live")
    assert button.get_attribute("aria-disabled") == "true"
    assert "There is no contract" not in delivery.text()
    delivery.follow("Plans, teams, history").follow("All seats").reads("live")
