"""What behind a gateway cannot be asked as it is of a server, and why."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_to_bytes

from gateway import SENDERS

REST_API = {"rest_api", "emulated_rest_api"}
BALANCERS = {"load_balancer", "load_balancer_with_lists"}
EVERY_SENDER = {*SENDERS, *REST_API}


def query_of(target: str) -> str:
    return target.partition("?")[2] or target


def repeats_a_name(target: str) -> bool:
    names = [name for name, _ in parse_qsl(query_of(target), keep_blank_values=True)]
    return len(names) > len(set(names))


def has_a_name_alone(target: str) -> bool:
    return "?" in target and any("=" not in part for part in query_of(target).split("&"))


def is_encoded_badly(target: str) -> bool:
    """A "%" without two digits, which stays when the query is decoded, or bytes without meaning."""
    decoded = unquote_to_bytes(query_of(target))
    try:
        return "%" in decoded.decode()
    except UnicodeDecodeError:
        return True


@dataclass(frozen=True)
class Difference:
    """What a test behind some senders cannot be asked for."""

    why: str
    senders: Set[str]
    tests: Set[str] = frozenset()  # none: of all tests
    of: Callable[[str], bool] = lambda _: True  # of a target, or of another text among parameters

    def concerns(self, test: str, sender: str, texts: list[str]) -> bool:
        in_time = sender in self.senders and (not self.tests or test in self.tests)
        return in_time and any(self.of(text) for text in texts or [""])


DIFFERENCES = (
    Difference("no sandbox shows its metrics", EVERY_SENDER, of=lambda text: text == "/metrics"),
    Difference(
        "what belongs to connections and their bytes is the gateway's",
        EVERY_SENDER,
        {
            "test_a_refusal_of_bytes_that_are_no_request_may_be_read_by_any_page_too",
            "test_head_answers_as_get_does_without_a_body",
            "test_options_of_the_whole_server_lists_every_method",
        },
    ),
    Difference(
        "the gateway names requests",
        EVERY_SENDER,
        {"test_a_request_id_is_made_for_each_answer_that_came_without"},
    ),
    Difference(
        "likewise where there is no name in the field",
        EVERY_SENDER,
        {"test_a_request_id_that_is_unfit_is_replaced"},
        of=lambda text: text == "",
    ),
    Difference(
        "the answer is longer than a load balancer takes",
        BALANCERS,
        {"test_every_coding_decodes_to_the_same_bytes"},
        of=lambda text: text == "/docs/swagger-ui-bundle.js",
    ),
    Difference(
        "without lists a load balancer keeps the last value of a name",
        {"load_balancer"},
        of=repeats_a_name,
    ),
    Difference(
        "likewise",
        {"load_balancer"},
        {
            "test_all_faults_of_a_request_are_told_at_once",
            "test_links_name_the_pages_around_and_keep_everything_else",
        },
    ),
    Difference(
        "names and values in maps do not tell whether there was a =",
        REST_API | BALANCERS,
        {"test_a_bad_request_is_told_which_parameter_and_why"},
        of=has_a_name_alone,
    ),
    Difference(
        "a REST API decodes the query",
        REST_API,
        {"test_a_bad_request_is_told_which_parameter_and_why"},
        of=is_encoded_badly,
    ),
    Difference("likewise", REST_API, {"test_all_faults_of_a_request_are_told_at_once"}),
    Difference(
        "maps keep no order among parameters",
        REST_API | BALANCERS,
        {"test_links_name_the_pages_around_and_keep_everything_else"},
    ),
    Difference(
        "a REST API compresses by itself, in gzip, what has one entity tag",
        REST_API,
        {
            "test_every_target_representation_and_coding_has_a_tag_of_its_own",
            "test_the_coding_is_chosen_by_quality",
        },
    ),
)
