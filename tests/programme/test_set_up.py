"""An empty city can begin at once."""

from incubator.programme import queries


def test_the_command_fills_an_empty_database_and_may_run_again(app):
    for _again in range(2):
        answer = app.test_cli_runner().invoke(args=["programme", "set-up"])
        assert answer.exit_code == 0, answer.output
    assert (len(queries.themes()), len(queries.districts())) == (6, 23)


def test_districts_come_from_a_file_too(app, tmp_path):
    path = tmp_path / "city.csv"
    path.write_text("number,slug,name,inhabitants,area_km2,source\n7,mitte,Mitte,10,1.0,Amt\n")
    answer = app.test_cli_runner().invoke(args=["districts", "import", str(path)])
    assert "1 added" in answer.output
    path.write_text("number,slug\n")
    answer = app.test_cli_runner().invoke(args=["districts", "import", str(path)])
    assert answer.exit_code == 1
    assert "name" in answer.output
