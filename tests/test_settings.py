import pytest

from reader.settings import USUAL, Settings, SettingsError, read_settings


def settings(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read_settings(path)


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert read_settings(tmp_path / "config.toml") == USUAL


def test_an_empty_file_changes_nothing(tmp_path):
    assert settings(tmp_path, "") == USUAL


def test_every_setting_can_be_set(tmp_path):
    text = """
    [front]
    half_life_hours = 6
    boost_starred = false
    spread_providers = false
    [edition]
    minutes = 30
    """
    assert settings(tmp_path, text) == Settings(6.0, boost=False, spread=False, edition_minutes=30)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[front]\nhalf_life_hours = 0", "`front.half_life_hours` has to be a number from 0.5 to"),
        ("[front]\nhalf_life_hours = true", "`front.half_life_hours` has to be a number"),
        ("[front]\nhalf_life_hours = nan", "`front.half_life_hours` has to be a number"),
        ("[edition]\nminutes = 2.5", "`edition.minutes` has to be a number from 1 to 600"),
        ("[front]\nboost_starred = 1", "`front.boost_starred` has to be true or false"),
        (
            "[front]\nhalflife = 1",
            "there is no setting `front.halflife`, but front.half_life_hours",
        ),
        ("front = 1", "`front` has to be a table, written `[front]`"),
        ("[other]\nx = 1", "there is no setting `other`"),
        ("[front", "at end of document"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_file(tmp_path, text, sentence):
    with pytest.raises(SettingsError) as raised:
        settings(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path / 'config.toml'}: ")
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(tmp_path)
