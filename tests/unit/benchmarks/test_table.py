from benchmarks.table import Row, ratio, table


def test_columns_stand_under_each_other_and_the_aim_says_whether_it_is_reached() -> None:
    lines = table(
        [
            Row(measure="accuracy", ours="93 %", peer="61 %", aim="≥ 92 %", reached=True),
            Row(measure="p95", ours="41 ms", peer="9 ms", aim="≤ 30 ms", reached=False),
            Row(measure="memory", ours="900 MB"),
        ]
    ).splitlines()
    assert [line.find("ours") for line in lines[:1]] == [line.find("93 %") for line in lines[1:2]]
    assert lines[1].endswith("≥ 92 %   reached")
    assert lines[2].endswith("≤ 30 ms  NOT reached")
    assert lines[3] == "memory    900 MB"


def test_nothing_can_be_compared_with_zero() -> None:
    assert ratio(1.0, 0.0) == ""
    assert ratio(3.0, 2.0) == "1.50 ×"
