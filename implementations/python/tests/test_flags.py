"""The command line, as go reads it."""

import pytest

from p2pd.errors import StartError
from p2pd.flags import FlagError, Flags, check_flags, parse_flags


def test_the_defaults_are_those_of_no_flags() -> None:
    assert parse_flags([]) == Flags()


def test_values_behind_a_space_or_a_sign() -> None:
    flags = parse_flags(["-listen", "/unix/a", "--muxer=mplex", "-q", "-noise=false", "-hostAddrs", "/a,/b"])
    assert (flags.listen, flags.muxer, flags.q, flags.noise) == ("/unix/a", "mplex", True, False)
    assert flags.hostAddrs == ["/a", "/b"]


def test_what_follows_the_first_word_that_is_no_flag_is_not_read() -> None:
    assert not parse_flags(["word", "-q"]).q


@pytest.mark.parametrize(("text", "seconds"), [("5s", 5), ("1m30s", 90), ("100ms", 0.1), ("0", 0)])
def test_durations(text: str, seconds: float) -> None:
    assert parse_flags(["-connGrace", text]).connGrace == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-nosuchflag"], "flag provided but not defined: -nosuchflag"),
        (["-listen"], "flag needs an argument: -listen"),
        (["-connGrace", "5"], 'invalid value "5" for flag -connGrace: parse error'),
        (["-q=maybe"], 'invalid boolean value "maybe" for -q: parse error'),
        (["-connLo=many"], 'invalid value "many" for flag -connLo: parse error'),
    ],
)
def test_bad_flags_are_refused_in_go_s_words(words: list[str], message: str) -> None:
    with pytest.raises(FlagError, match=f"^{message}$"):
        parse_flags(words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-noise=false", "-tls=false"], "at least one channel security protocol must be enabled"),
        (["-pubsub", "-pubsubRouter", "foo"], "unknown pubsub router: foo"),
        (["-autonat"], "-autonat is not supported"),
    ],
)
def test_what_cannot_be_done_is_not_promised(words: list[str], message: str) -> None:
    with pytest.raises(StartError, match=message):
        check_flags(parse_flags(words))
