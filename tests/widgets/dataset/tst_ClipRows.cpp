// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExampleClips.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <thread>

using namespace melscope;

namespace {

/// The same by the plainest means: bubble the neighbours that stand wrong, nothing clever.
std::vector<int> naive(const ClipArrangement& arrangement)
{
    const Dataset& dataset = *arrangement.dataset;
    const auto lower = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    std::vector<int> rows;
    for (int i = 0; i < static_cast<int>(dataset.clips.size()); ++i) {
        const Clip& clip = dataset.clips[static_cast<size_t>(i)];
        const ClipFilter& filter = arrangement.filter;
        bool shown = !filter.label || *filter.label == clip.label;
        shown = shown && (!filter.fold || *filter.fold == clip.fold);
        shown = shown && (!filter.problemsOnly || (*arrangement.hasProblem)[static_cast<size_t>(i)]);
        const std::string hay = lower(clip.name + "|" + dataset.classes[static_cast<size_t>(clip.label)] + "|" + clip.source);
        std::string word;
        for (const char c : lower(filter.text) + " ") {
            if (c != ' ') {
                word += c;
                continue;
            }
            shown = shown && hay.find(word) != std::string::npos;
            word.clear();
        }
        if (shown)
            rows.push_back(i);
    }
    if (!arrangement.order.column)
        return rows;
    const auto key = [&](int row) -> std::pair<double, std::string> {
        const Clip& clip = dataset.clips[static_cast<size_t>(row)];
        const ClipFigures& figures = arrangement.figures[static_cast<size_t>(row)];
        switch (*arrangement.order.column) {
        case ClipColumn::Name: return {0, clip.name};
        case ClipColumn::Class: return {0, dataset.classes[static_cast<size_t>(clip.label)]};
        case ClipColumn::Source: return {0, clip.source};
        case ClipColumn::Fold: return {clip.fold, ""};
        case ClipColumn::Duration: return {figures.seconds, ""};
        case ClipColumn::Rate: return {figures.rate, ""};
        case ClipColumn::Channels: return {figures.channels, ""};
        case ClipColumn::Level: return {figures.rmsDb, ""};
        default: return {0, ""};
        }
    };
    const auto unknown = [&](int row) {
        const ClipFigures& figures = arrangement.figures[static_cast<size_t>(row)];
        if (*arrangement.order.column == ClipColumn::Level)
            return !figures.measured;
        return *arrangement.order.column >= ClipColumn::Duration && *arrangement.order.column <= ClipColumn::Channels && !figures.readable;
    };
    const auto wrong = [&](int first, int second) {
        if (unknown(first) || unknown(second))
            return unknown(first) && !unknown(second);
        return arrangement.order.descending ? key(first) < key(second) : key(second) < key(first);
    };
    for (size_t end = rows.size(); end > 1; --end)
        for (size_t i = 1; i < end; ++i)
            if (wrong(rows[i - 1], rows[i]))
                std::swap(rows[i - 1], rows[i]);
    return rows;
}

ClipArrangement example(int clips)
{
    auto problems = std::make_shared<std::vector<char>>(static_cast<size_t>(clips), char(0));
    for (size_t i = 0; i < problems->size(); i += 7)
        (*problems)[i] = 1;
    return {.dataset = test::exampleDataset(clips), .figures = test::exampleFigures(clips), .hasProblem = problems, .filter = {}, .order = {}};
}

} // namespace

class TestClipRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsLikeTheNaiveWay_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        for (int column = -1; column < clipColumnCount; ++column)
            for (const bool descending : {false, true})
                if (column != 0)
                    QTest::addRow("column %d %s", column, descending ? "descending" : "ascending") << column << descending;
    }

    void sortsLikeTheNaiveWay()
    {
        QFETCH(int, column);
        QFETCH(bool, descending);
        ClipArrangement arrangement = example(500);
        if (column > 0)
            arrangement.order = {static_cast<ClipColumn>(column), descending};
        const std::vector<int> rows = arrangedClips(arrangement);
        QCOMPARE(rows.size(), size_t(500));
        QCOMPARE(rows, naive(arrangement));
    }

    void filtersLikeTheNaiveWay_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("label");
        QTest::addColumn<int>("fold");
        QTest::addColumn<bool>("problemsOnly");
        QTest::newRow("word in the class") << QByteArray("RAIN") << -1 << -1 << false;
        QTest::newRow("two words") << QByteArray("bark .wav") << -1 << -1 << false;
        QTest::newRow("part of a name") << QByteArray("-1") << -1 << -1 << false;
        QTest::newRow("nothing has it") << QByteArray("xylophone") << -1 << -1 << false;
        QTest::newRow("class") << QByteArray() << 3 << -1 << false;
        QTest::newRow("fold") << QByteArray() << -1 << 2 << false;
        QTest::newRow("problems") << QByteArray() << -1 << -1 << true;
        QTest::newRow("all together") << QByteArray("1") << 3 << 2 << true;
    }

    void filtersLikeTheNaiveWay()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, label);
        QFETCH(int, fold);
        QFETCH(bool, problemsOnly);
        ClipArrangement arrangement = example(2000);
        arrangement.filter = {.text = text.toStdString(), .problemsOnly = problemsOnly};
        if (label >= 0)
            arrangement.filter.label = label;
        if (fold >= 0)
            arrangement.filter.fold = fold;
        const std::vector<int> rows = arrangedClips(arrangement);
        QCOMPARE(rows, naive(arrangement));
        QVERIFY(rows.size() < 2000);
        QCOMPARE(rows.empty(), text == "xylophone");
    }

    void aStoppedSortEndsEarly()
    {
        ClipArrangement arrangement = example(50000);
        arrangement.order = {ClipColumn::Name, false};
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(arrangedClips(arrangement, stop.get_token()).empty());
    }

    void silenceIsTheLowestLevel()
    {
        ClipArrangement arrangement = example(3);
        for (ClipFigures& figures : arrangement.figures)
            figures = {.known = true, .readable = true, .measured = true, .rmsDb = -20.0f};
        arrangement.figures[2].rmsDb = -std::numeric_limits<float>::infinity();
        arrangement.order = {ClipColumn::Level, false};
        QCOMPARE(arrangedClips(arrangement), (std::vector<int>{2, 0, 1}));
    }
};

QTEST_GUILESS_MAIN(TestClipRows)
#include "tst_ClipRows.moc"
