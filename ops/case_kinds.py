"""What `make cases` can calculate: for each kind of case, `planning`'s answer to its inputs."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from planning import attrition, chat, deferred, erlang_b, erlang_c, square_root, structure
from planning.apportionment import apportion
from planning.erlang_a import abandonment_measures, agents_required_with_patience
from planning.go_live import certified_by
from planning.hiring import outcome, to_source, to_source_uncertain
from planning.teams import teams_for
from planning.workload import HALF_HOUR_S, local_day, window_at_site

Case = Mapping[str, Any]
Answer = dict[str, Any]
MEANINGS: Mapping[str, attrition.Meaning] = {
    "annual_probability": "annual_probability",
    "annual_rate_separations_over_avg_headcount": "annual_rate",
}


def lost_calls(case: Case) -> Answer:
    load, agents = case["offered_load_erlang"], case["agents"]
    blocked = erlang_b.erlang_b(load, agents)
    answer = {"offered_load_erlang": load, "p_block": blocked}
    return answer | ({"occupancy": load * (1 - blocked) / agents} if agents else {})


def endless_patience(case: Case) -> Answer:
    found = erlang_c.queue_measures(
        case["calls"],
        case["interval_s"],
        case["aht_s"],
        agents=case["agents"],
        threshold_s=case["threshold_s"],
    )
    return {
        "offered_load_erlang": found.load,
        "p_wait": found.p_wait,
        "p_abandon": 0.0,
        "sl_offered": found.service_level,
        "sl_excl_short_abandons": found.service_level,
        "sl_answered": found.service_level,
        "sl_incl_short_abandons": found.service_level,
        "p_abandon_le_T": 0.0,
        "p_wait_gt_T": 1 - found.service_level,
        "p_virtual_wait_gt_T": 1 - found.service_level,
        "asa_all_s": found.asa_s,
        "asa_answered_s": found.asa_s,
        "wait_of_waiters_s": found.asa_s / found.p_wait if found.p_wait else 0.0,
        "mean_queue": found.mean_queue,
        "occupancy": found.occupancy,
        "wait_p80_s": found.wait_quantile(0.8),
        "wait_p95_s": found.wait_quantile(0.95),
    }


def with_patience(case: Case) -> Answer:
    found = abandonment_measures(
        case["calls"],
        case["interval_s"],
        case["aht_s"],
        patience_s=case["patience_s"],
        agents=case["agents"],
        threshold_s=case["threshold_s"],
    )
    return {
        "offered_load_erlang": found.load,
        "p_wait": found.p_wait,
        "p_abandon": found.p_abandon,
        "sl_offered": found.sl_offered,
        "sl_excl_short_abandons": found.sl_excl_short_abandons,
        "sl_answered": found.sl_answered,
        "sl_incl_short_abandons": found.sl_incl_short_abandons,
        "p_abandon_le_T": found.p_abandon_within,
        "p_wait_gt_T": found.p_wait_beyond,
        "p_virtual_wait_gt_T": found.p_virtual_wait_beyond,
        "asa_all_s": found.asa_all_s,
        "asa_answered_s": found.asa_answered_s,
        "wait_of_waiters_s": found.wait_of_waiters_s,
        "mean_queue": found.mean_queue,
        "occupancy": found.occupancy,
    }


def worked_interval(case: Case) -> Answer:
    """A half-hour of the worked week: 180 s a call, 80 % in 20 s, at most 88 % busy, Erlang C."""
    queue = case["mean_calls"], HALF_HOUR_S, 180
    needed = erlang_c.agents_required(
        *queue, service_level=0.80, threshold_s=20, max_occupancy=0.88
    )
    found = erlang_c.queue_measures(*queue, agents=needed.agents, threshold_s=20)
    return {
        "offered_load_erlang": found.load,
        "agents_80_20_cap88": needed.agents,
        "service_level": found.service_level,
    }


def erlang_b_required(case: Case) -> Answer:
    servers = erlang_b.agents_for_blocking(case["offered_load"], case["max_blocking"])
    return {"servers": servers, "p_block": erlang_b.erlang_b(case["offered_load"], servers)}


def erlang_b_max_load(case: Case) -> Answer:
    return {"offered_load": erlang_b.largest_load(case["servers"], case["blocking"])}


def erlang_c_required(case: Case) -> Answer:
    queue = case["calls"], case["interval_s"], case["aht_s"]
    needed = erlang_c.agents_required(
        *queue,
        service_level=case["service_level"],
        threshold_s=case["threshold_s"],
        max_occupancy=case["max_occupancy"] or 1,
    )
    found = erlang_c.queue_measures(*queue, agents=needed.agents, threshold_s=case["threshold_s"])
    return {
        "agents": needed.agents,
        "sl": found.service_level,
        "occupancy": found.occupancy,
        "asa_s": found.asa_s,
    }


def erlang_a_required(case: Case) -> Answer:
    queue = case["calls"], case["interval_s"], case["aht_s"]
    agents = agents_required_with_patience(
        *queue,
        patience_s=case["patience_s"],
        service_level=case["service_level_offered"] or 0,
        threshold_s=case["threshold_s"],
        max_abandon=case["max_abandon"] or 1,
        max_occupancy=case["max_occupancy"] or 1,
    )
    found = abandonment_measures(
        *queue, patience_s=case["patience_s"], agents=agents, threshold_s=case["threshold_s"]
    )
    return {
        "agents": agents,
        "sl_offered": found.sl_offered,
        "p_abandon": found.p_abandon,
        "occupancy": found.occupancy,
        "asa_all_s": found.asa_all_s,
    }


def sqrt_staffing_c(case: Case) -> Answer:
    rule = square_root.without_abandonment(case["offered_load"], case["beta"])
    return {
        "agents": rule.agents,
        "effective_beta": rule.beta,
        "p_wait_halfin_whitt": rule.p_wait,
        "p_wait_exact": erlang_c.erlang_c(case["offered_load"], rule.agents),
    }


def sqrt_staffing_a(case: Case) -> Answer:
    patience = 1 / case["theta_over_mu"]
    rule = square_root.with_abandonment(
        case["offered_load"], case["beta"], patience_in_aht=patience
    )
    # The handling time is one second, so that the load is the calls in a second.
    exact = abandonment_measures(
        case["offered_load"], 1, 1, patience_s=patience, agents=rule.agents, threshold_s=0
    )
    return {
        "agents": rule.agents,
        "effective_beta": rule.beta,
        "p_wait_gmr": rule.p_wait,
        "p_wait_exact": exact.p_wait,
        "p_abandon_gmr": rule.p_abandon,
        "p_abandon_exact": exact.p_abandon,
    }


def chat_concurrency(case: Case) -> Answer:
    found = chat.chat_measures(
        case["arrivals_per_s"],
        case["aht_single_s"],
        slowdown=case["slowdown_per_extra_chat"],
        agents=case["agents"],
        max_concurrency=case["max_concurrency"],
        patience_s=case["patience_s"],
        threshold_s=case["threshold_s"],
    )
    return {
        "p_wait": found.p_wait,
        "p_abandon": found.p_abandon,
        "sl_offered": found.sl_offered,
        "mean_chats_in_service": found.mean_chats,
        "mean_concurrency_busy": found.mean_concurrency_busy,
        "agent_utilisation_any_chat": found.busy_agents,
        "effective_aht_s": found.effective_aht_s,
        "asa_all_s": found.asa_all_s,
    }


def email_deadline(case: Case) -> Answer:
    found = deferred.agents_for_deadline(
        case["items_per_interval"],
        deadline_intervals=case["deadline_intervals"],
        aht_s=case["aht_s"],
        utilisation=case["utilisation"],
        interval_s=case["interval_s"],
    )
    return {
        "capacity_items_per_interval": found.items_per_interval,
        "agents_fraction": found.before_rounding,
        "agents": found.agents,
    }


def weekly_fte(case: Case) -> Answer:
    found = structure.weekly_fte(
        [agents for day in case["required_by_day"] for agents in day],
        case["interval_min"] * 60,
        shrinkage=case["shrinkage"],
        weekly_paid_hours=case["weekly_paid_hours_per_fte"],
    )
    return {
        "productive_hours": found.productive_hours,
        "scheduled_hours": found.paid_hours,
        "fte": found.fte,
    }


def span_rule(case: Case) -> Answer:
    sizes = teams_for(
        case["agents"], target_span=case["target_span"], single_team_max=case["single_team_max"]
    )
    return {"teams": len(sizes), "sizes": list(sizes)}


def channel_apportionment(case: Case) -> Answer:
    return dict(
        apportion(case["workload"], case["agents"], minimum=case["minimum_per_active_channel"])
    )


def source_needed_known_p(case: Case) -> Answer:
    found = to_source(
        case["target_certified"], case["overall_pass_probability"], case["confidence"]
    )
    return {
        "candidates_to_source": found.candidates,
        "p_at_n": found.chance,
        "naive_expected": found.naive_candidates,
    }


def source_needed_beta(case: Case) -> Answer:
    needed, confidence = case["target_certified"], case["confidence"]
    found = to_source_uncertain(needed, case["stage_beta_posteriors"], confidence)
    return {
        "candidates_to_source": found.candidates,
        "plug_in_mean_binomial_n": to_source(needed, needed / found.naive, confidence).candidates,
        "naive_expected": found.naive_candidates,
    }


def betabinomial_chain(case: Case) -> Answer:
    found = outcome(case["sourced"], case["stage_beta_posteriors"])
    return {
        "p_at_least_target": found.at_least(case["target"]),
        "expected_certified": found.mean,
        "p10": found.quantile(0.1),
        "p50": found.quantile(0.5),
        "p90": found.quantile(0.9),
    }


def golive(case: Case) -> Answer:
    found = certified_by(
        case["groups_count_and_prob"],
        expected_sourced=case.get("future_expected_sourced", 0),
        chance_of_sourced=case.get("future_prob_certified_by_date", 0),
    )
    return {
        "p_meet": found.at_least(case["seats_required"]),
        "mean": found.mean,
        "var": found.variance,
    }


def attrition_conversion(case: Case) -> Answer:
    stays = attrition.survival(case["value"], case["months"], meaning=MEANINGS[case["meaning"]])
    simple = case["value"] * case["months"] / 12
    return {"survival": stays, "loss": 1 - stays, "simple_twelfth": simple}


def steady_state_hiring(case: Case) -> Answer:
    found = attrition.replacement(
        case["certified_headcount"],
        case["monthly_attrition_probability"],
        training_pass=case["training_pass"],
        nesting_pass=case["nesting_pass"],
        acceptance=case["offer_acceptance"],
    )
    return {
        "monthly_graduates": found.graduates,
        "monthly_training_starts": found.starts,
        "monthly_offers": found.offers,
    }


def ramp_deterministic(case: Case) -> Answer:
    found = attrition.ramp(
        case["target"],
        case["weeks"],
        case["class_start_weeks"],
        class_size=case["class_size"],
        pass_rate=case["pass_rate"],
        training_weeks=case["training_weeks"],
        weekly_attrition=case["weekly_attrition"],
        already=case["starting_certified"],
    )
    return {
        "certified_by_week": list(found.certified),
        "first_week_meeting_target": found.first_enough,
    }


def local_day_length(case: Case) -> Answer:
    day = local_day(case["zone"], date.fromisoformat(case["date"]))
    return {
        "hours": day.hours,
        "half_hours": day.half_hours,
        "start_utc": day.starts.isoformat(),
        "end_utc": day.ends.isoformat(),
    }


def service_window_to_site(case: Case) -> Answer:
    window = time.fromisoformat(case["open"]), time.fromisoformat(case["close"])
    day = date.fromisoformat(case["local_date"])
    found = window_at_site(case["customer_zone"], case["site_zone"], day, window)
    return {
        "start_utc": found.starts.isoformat(),
        "end_utc": found.ends.isoformat(),
        "site_start": found.site_starts.isoformat(),
        "site_end": found.site_ends.isoformat(),
        "hours": found.hours,
    }


KINDS: Mapping[str, Callable[[Case], Answer]] = {
    "erlang B": lost_calls,
    "erlang C": endless_patience,
    "erlang A": with_patience,
    "worked_week": worked_interval,
    "erlang_b_required": erlang_b_required,
    "erlang_b_max_load": erlang_b_max_load,
    "erlang_c_required": erlang_c_required,
    "erlang_a_required": erlang_a_required,
    "sqrt_staffing_C": sqrt_staffing_c,
    "sqrt_staffing_A": sqrt_staffing_a,
    "chat_concurrency": chat_concurrency,
    "email_deadline": email_deadline,
    "weekly_fte": weekly_fte,
    "span_rule": span_rule,
    "channel_apportionment": channel_apportionment,
    "source_needed_known_p": source_needed_known_p,
    "source_needed_beta": source_needed_beta,
    "betabinomial_chain": betabinomial_chain,
    "golive_poisson_binomial": golive,
    "golive_pb_plus_poisson": golive,
    "attrition_conversion": attrition_conversion,
    "steady_state_hiring": steady_state_hiring,
    "ramp_deterministic": ramp_deterministic,
    "local_day_length": local_day_length,
    "service_window_to_site": service_window_to_site,
}
