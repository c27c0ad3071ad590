"""One client's team, from a vendor's papers and the client's wishes to certified people at work.

Everything is done by people on pages. What those pages are held to stands in inspection.py.
"""

import pytest

from tests.e2e.story import agreement, criteria, hiring, homes, people, scoping, training, vendors

pytestmark = pytest.mark.browser


@pytest.fixture
def paper(tmp_path):
    """A document to upload."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    return path


def test_whole_way_from_requirements_to_a_certified_team(cast, paper):
    our_people_come_in(cast)
    vendor_is_taken_on(cast, paper)
    plan_is_made(cast)
    criteria_are_approved(cast)
    contract_is_signed(cast)
    people_are_hired(cast, paper)
    one_is_certified(cast)
    everybody_sees_where_it_stands(cast)

    assert cast.inspection.faults == []


def our_people_come_in(cast):
    people.administrator_comes_in(cast)
    people.administrator_invites_staff(cast)
    people.administrator_looks_after_things(cast)


def vendor_is_taken_on(cast, paper):
    vendors.our_rates_are_written_down(cast)
    vendors.vendor_is_added_with_documents(cast, paper)
    vendors.somebody_else_can_not_approve_it_yet(cast)
    vendors.vendors_person_adds_what_is_missing(cast, paper)
    vendors.somebody_else_approves_it(cast)


def plan_is_made(cast):
    scoping.client_is_added(cast)
    scoping.engagement_begins(cast)
    scoping.requirements_are_written(cast)
    scoping.requirements_become_a_plan(cast)
    homes.another_client_is_imported(cast)
    people.somebody_signs_in_again(cast)


def criteria_are_approved(cast):
    criteria.recruiter_writes_criteria(cast)
    criteria.client_comes_in_and_answers(cast)
    criteria.client_asks_for_a_change(cast)
    criteria.recruiter_changes_the_item(cast)
    criteria.client_approves_everything(cast)


def contract_is_signed(cast):
    agreement.proposal_is_drafted(cast)
    agreement.proposal_is_approved_and_sent(cast)
    agreement.client_accepts_as_a_named_person(cast)
    agreement.contract_is_drawn_and_issued(cast)
    agreement.both_sides_sign(cast)
    agreement.client_downloads_the_contract(cast)


def people_are_hired(cast, paper):
    training.hr_director_starts_recruiting(cast)
    hiring.requisition_is_asked_for(cast)
    hiring.hr_director_opens_it(cast)
    hiring.candidate_applies_on_the_careers_page(cast, paper)
    hiring.vendor_puts_somebody_forward(cast)
    hiring.recruiter_moves_both(cast)
    hiring.recruiter_scores_both_and_puts_them_before_the_client(cast)
    hiring.client_approves_both_without_their_names(cast)
    hiring.offers_are_drafted_and_approved(cast)
    hiring.candidates_accept_by_their_links(cast)


def one_is_certified(cast):
    training.trainer_makes_a_programme_and_a_class(cast)
    training.both_are_enrolled_and_the_class_starts(cast)
    training.scores_are_entered(cast)
    training.one_is_certified_and_the_other_nests(cast)
    training.delivery_manager_reads_what_holds_up_the_go_live(cast)


def everybody_sees_where_it_stands(cast):
    homes.homes_of_staff_have_the_numbers(cast)
    homes.portal_has_the_numbers(cast)
    homes.lists_of_staff_are_looked_through(cast)
