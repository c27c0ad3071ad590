import pytest

from planning.line_plan import plan_line
from planning.staffing import plan
from tests.planning.made import line, site


@pytest.mark.parametrize(
    ("asked", "seats", "caution"),
    [
        (
            80,
            80,
            (
                "Phone German: the client asks for 80 seats, and the volume needs only 69: who is "
                "there beyond that waits."
            ),
        ),
        (
            60,
            69,
            "Phone German: the client asks for 60 seats, and the volume needs 69: 69 are planned.",
        ),
    ],
)
def test_the_larger_of_what_is_needed_and_asked_for_is_planned(asked, seats, caution):
    planned = plan_line(line(seats_asked=asked, sources={"seats_asked": "Client, by letter"}))

    figure = planned.figure("seats")
    assert planned.seats == figure.value == seats
    assert figure.formula == (
        f"⌈48 ÷ (1 \N{MINUS SIGN} 0.3)⌉ = 69; max(69, {asked} asked for) = {seats}"
    )
    assert figure.inputs[-1].source == "Client, by letter"
    assert planned.cautions == (caution,)


def test_what_is_asked_for_exactly_needs_no_caution():
    assert plan_line(line(seats_asked=69)).cautions == ()


def test_seats_beyond_the_need_are_shared_among_the_sites():
    planned = plan([line(seats_asked=99)], sites=[site(share=2), site("Porto")])

    assert [part.seats for part in planned.lines[0].parts] == [66, 33]


def test_seats_are_asked_for_even_where_no_volume_is_known():
    planned = plan([line(contacts_per_half_hour=0, seats_asked=5)])

    assert planned.agent_seats == 5
    assert [team.size for team in planned.teams] == [5]


def test_a_number_of_seats_that_is_none_is_refused():
    with pytest.raises(ValueError, match="The seats asked for in Phone German must be a whole"):
        line(seats_asked=0)
