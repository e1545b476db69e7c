"""A city of its own is a file: its name, colour, logo, themes and districts."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import config
from incubator.foundation.transaction import transaction
from incubator.programme import operations, queries, rules_city
from incubator.programme.operations_city import example
from incubator.programme.rules_shapes import Unfit

DISTRICTS = ("number,slug,name,inhabitants,area_km2,source,tile_column,tile_row\n"
             "01,mitte,Mitte,10,1.0,Amt,1,1\n02,ost,Ost,20,2.0,Amt,2,1\n")
colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.fixture
def city(tmp_path):
    """Return a function that writes the file of a city and what lies beside it."""
    def write(text=example(), districts=DISTRICTS, logo=None):
        (tmp_path / "districts.csv").write_text(districts)
        if logo is not None:
            (tmp_path / "logo.png").write_bytes(logo)
            text = text.replace("# logo", "logo")
        (tmp_path / "mine.toml").write_text(text)
        return tmp_path / "mine.toml"
    return write


@pytest.fixture
def init(app):
    return lambda file: app.test_cli_runner().invoke(args=["city", "init", str(file)])


def _picture(size=(900, 400)):
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, "PNG")
    return made.getvalue()


def test_a_city_takes_the_place_of_the_one_that_came_with_the_program(app, city, init):
    with transaction():
        operations.set_up()
    answer = init(city())
    assert answer.exit_code == 0, answer.output
    assert [theme.name("en") for theme in queries.themes()] == ["Housing and neighbourhood", "Work and education"]
    assert [(each.name, each.tile_column) for each in queries.districts()] == [("Mitte", 0), ("Ost", 1)]


def test_set_up_keeps_the_city_that_was_chosen(app, city, init):
    init(city())
    app.test_cli_runner().invoke(args=["programme", "set-up"])
    assert (len(queries.themes()), len(queries.districts())) == (2, 2)


def test_the_same_file_again_changes_nothing(app, city, init):
    init(city())
    before = [theme.id for theme in queries.themes()]
    assert init(city()).exit_code == 0
    assert [theme.id for theme in queries.themes()] == before


def test_a_theme_with_projects_cannot_go_and_nothing_else_changes(app, make, city, init):
    make.project(theme=make.theme(key="ZZ", names={"de": "Zirkus"}))
    answer = init(city())
    assert answer.exit_code == 1 and "Zirkus" in answer.output
    assert [theme.key for theme in queries.themes()] == ["ZZ"]


def test_the_next_start_reads_name_programme_and_operator(app, city, init, monkeypatch):
    init(city())
    monkeypatch.setenv("INCUBATOR_INSTANCE", str(app.config["INSTANCE"]))
    for name in ("CITY_NAME", "SITE_NAME"):
        monkeypatch.delenv(name, raising=False)
    found = config.settings()
    assert (found["CITY_NAME"], found["SITE_NAME"]) == ("Musterstadt", "Unsere Stadt, unsere Ideen")
    assert found["OPERATOR"]["name"] == "Stadt Musterstadt" and found["CITY_COLOUR"] == "#0b4a52"


def test_pages_take_the_colour_and_the_logo(app, city, init, visit, monkeypatch):
    assert init(city(logo=_picture())).exit_code == 0
    reader = visit()
    assert reader.get("/city/look.css").status == 404 and reader.get("/city/logo.png").status == 404
    monkeypatch.setitem(app.config, "CITY_COLOUR", "#7a1f3d")
    monkeypatch.setitem(app.config, "CITY_HAS_LOGO", True)
    page = reader.get("/de/").soup
    assert page.select_one(".brand img")["src"] == "/city/logo.png"
    assert "--head: #7a1f3d" in reader.get(page.select_one('link[href^="/city/look.css"]')["href"]).text
    logo = app.test_client().get("/city/logo.png")
    assert Image.open(io.BytesIO(logo.data)).size == (360, 160)


@pytest.mark.parametrize(("old", "new", "said"), [
    ('name = "Musterstadt"', "", "“name” is missing"),
    ('name = "Musterstadt"', 'name = "M', "not TOML"),
    ('"#0b4a52"', '"#ffee00"', "too light"),
    ('"#0b4a52"', '"red"', "#0b4a52"),
    ('districts = "districts.csv"', 'districts = "../districts.csv"', "beside this one"),
    ('districts = "districts.csv"', 'districts = "none.csv"', "cannot be read"),
    ('key = "AB"', 'key = "WN"', "twice"),
    ('key = "AB"', 'key = "ab"', "capital letters"),
    ('de = "Arbeit und Bildung"\n', "", "“de” is missing"),
    ('en = "Work and education"', 'xx = "Work"', "no language"),
    ('[operator]', '[operater]', "not known"),
])
def test_every_fault_is_named_and_nothing_is_changed(app, city, init, old, new, said):
    assert old in example()
    answer = init(city(example().replace(old, new)))
    assert answer.exit_code == 1 and said in answer.output, answer.output
    assert not queries.themes() and not (app.config["INSTANCE"] / "city").exists()


def test_what_is_no_picture_is_no_logo(city, init):
    answer = init(city(logo=b"<svg onload=alert(1)>"))
    assert answer.exit_code == 1 and "no picture" in answer.output


def test_all_faults_are_said_at_once():
    with pytest.raises(Unfit) as refused:
        rules_city.read(b'colour = "red"\nlogo = "a/b"\n')
    assert len(refused.value.lines) >= 5


@given(colours, colours)
def test_contrast_is_the_same_from_both_sides(one, other):
    assert rules_city.contrast(one, other) == rules_city.contrast(other, one) >= 1


def test_black_on_white_is_the_best_that_can_be_read():
    assert round(rules_city.contrast("#000000", "#ffffff"), 3) == 21


@given(colours)
def test_a_deeper_colour_is_read_better_on_white(colour):
    deep = rules_city.deeper(colour)
    assert rules_city.contrast(deep, "#ffffff") >= rules_city.contrast(colour, "#ffffff")


def test_the_columns_of_the_districts_may_stand_in_any_order(app, city, init):
    rows = [line.split(",") for line in DISTRICTS.strip().split("\n")]
    turned = "\n".join(",".join(reversed(row)) for row in rows) + "\n"
    assert init(city(districts=turned)).exit_code == 0
    assert [each.name for each in queries.districts()] == ["Mitte", "Ost"]
