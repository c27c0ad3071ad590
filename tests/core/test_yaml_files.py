"""YAML that people write: text only, with lines, and nothing by which a small file grows large."""

import pytest

from core.yaml_files import DEEPEST, ImportRefused, Problems, hint, load


@pytest.fixture
def loaded(tmp_path):
    def run(text, **kwargs):
        path = tmp_path / "file.yaml"
        path.write_text(text)
        return load(path, **kwargs)

    return run


def test_every_value_is_text_and_every_path_has_its_line(loaded):
    file = loaded("a: NO\nb:\n  - c: 20:00\n  - {c: 1, d: ~}\n")

    assert file.data == {"a": "NO", "b": [{"c": "20:00"}, {"c": "1", "d": "~"}]}
    assert {path: line for path, line in file.lines.items() if path} == {
        "a": 1,
        "b": 2,
        "b[1]": 3,
        "b[1].c": 3,
        "b[2]": 4,
        "b[2].c": 4,
        "b[2].d": 4,
    }
    assert file.problems == []


def test_key_that_stands_twice_is_told_with_both_lines(loaded):
    file = loaded("a: 1\nb: 2\na: 3\n")

    assert file.problems == [("a", "this key stands twice, in lines 1 and 3.")]


def test_bomb_of_aliases_is_told_and_never_unfolded(loaded):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    file = loaded(bomb)

    assert file.data["i"] == ["", ""]
    assert len(file.problems) == 16
    assert file.problems[0] == (
        "b[1]",
        "“*a” stands for another part: write that part out.",
    )


def test_tag_is_told_and_not_obeyed(loaded):
    file = loaded("a: !!python/object/apply:os.system [echo]\n")

    assert file.data == {"a": ["echo"]}
    tag = "tag:yaml.org,2002:python/object/apply:os.system"
    assert file.problems == [("a", f"leave the tag {tag} out: every value is read as text.")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [" * (DEEPEST + 1), f"file.yaml can't be read: line 1 is nested more than {DEEPEST}"),
        ("a: 1\n---\nb: 2\n", "file.yaml can't be read: “---” begins a second document in it."),
        ("? [a]\n: 1\n", "file.yaml can't be read: in line 1 a key is a list"),
        (
            "? &x a\n: 1\n? *x\n: 2\n",
            "file.yaml can't be read: in line 3 a key is a list, an alias",
        ),
        ("a: 'x\n", "file.yaml is not YAML: "),
        ("", "file.yaml holds no keys"),
        ("- a\n", "file.yaml holds no keys"),
        ("a", "file.yaml holds no keys"),
        ("a: " + "x" * 3 * 1024**2, "file.yaml is larger than 2 MB."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, sentence, loaded):
    with pytest.raises(ImportRefused) as refused:
        loaded(text, max_bytes=2 * 1024**2)

    assert str(refused.value).startswith(sentence)


def test_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_bytes("a: ä".encode("latin-1"))

    with pytest.raises(ImportRefused, match="not a text file in UTF-8"):
        load(path)


def test_mark_of_the_byte_order_is_not_part_of_the_first_key(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_text("a: 1\n", encoding="utf-8-sig")

    assert load(path).data == {"a": "1"}


def test_problem_of_a_key_that_lacks_is_at_the_line_of_what_it_lacks_in(loaded):
    problems = Problems.of(loaded("a: 1\nb:\n  - c: 1\n"))

    problems.say("b[1].d.e", "it must be there.")
    problems.say("a", "no.")
    problems.say("a", "no.")

    assert problems.with_lines() == ["line 1, a: no.", "line 3, b[1].d.e: it must be there."]
    assert problems.sentences() == ["b[1].d.e: it must be there.", "a: no."]
    assert problems.about("b[1]")
    assert not problems.about("b[2]")


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("rolle", ["role", "state"], "did you mean role?"),
        ("xyz", ["role", "state"], "known are role, state."),
        ("xyz", [], "see docs/formats.md."),
    ],
)
def test_hint_names_what_is_near_or_else_what_is_known(word, known, said):
    assert hint(word, known) == said
