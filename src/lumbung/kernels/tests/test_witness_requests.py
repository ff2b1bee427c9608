"""Requests to a witness are read as C2SP tlog-witness writes them, and nothing else is."""

import base64

import pytest

from lumbung.kernels import witness_requests
from lumbung.kernels.witness_requests import Request, RequestRejected

# C2SP tlog-witness, the example of add-checkpoint.
EXAMPLE = """\
old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo=
"""
HASH = base64.b64encode(bytes(32)).decode()


def test_the_example_of_the_protocol_is_read_and_written_again():
    asked = witness_requests.read_request(EXAMPLE)
    assert (asked.old_size, len(asked.proof), asked.note.split("\n")[1]) == (20852014, 4, "20852163")
    assert str(asked) == EXAMPLE


def test_a_first_request_has_no_proof():
    assert witness_requests.read_request("old 0\n\nnote") == Request(0, (), "note")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "old 0",
        "old 0\n",
        "old\n\nn",
        "OLD 1\n\nn",
        "old  1\n\nn",
        "old 01\n\nn",
        "old -1\n\nn",
        "old ²\n\nn",
        f"old {'9' * 5000}\n\nn",
        "old 1\r\n\r\nn",
        "old 1\nxx\n\nn",
        f"old 1\n{HASH[:-4]}\n\nn",
        f"old 1\n {HASH}\n\nn",
        f"old 1\n{HASH[:-2]}B=\n\nn",
        "old 1\n" + f"{HASH}\n" * 64 + "\nn",
    ],
)
def test_whatever_is_written_otherwise_is_rejected(text):
    with pytest.raises(RequestRejected):
        witness_requests.read_request(text)


@pytest.mark.parametrize("text", ["", "12", "12\n\n", " 12\n", "012\n", "x\n"])
def test_a_size_is_a_number_on_one_line(text):
    with pytest.raises(RequestRejected):
        witness_requests.read_size(text)
    assert witness_requests.read_size("12\n") == 12


@pytest.mark.parametrize("text", ["", "\n", "— a b", "- a b\n", "— a b\n\n— c d\n", "text\n\n— a b\n"])
def test_an_answer_is_signature_lines_and_nothing_else(text):
    with pytest.raises(RequestRejected):
        witness_requests.read_lines(text)
    assert witness_requests.read_lines("— a b\n— c d\n") == "— a b\n— c d\n"
