// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenSpans.h"

#include <QtTest>

#include <cmath>

using namespace melscope;

class TestTokenSpans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalNeighboursAreOneSpanAndSilenceNone()
    {
        // One second at 8 kHz in hops of 80: frame k lies around k * 10 ms.
        const FrontEnd frontEnd = FrontEnd{}.with(Json{{"sample_rate", 8000}, {"clip_seconds", 1.0}, {"n_fft", 256}, {"hop", 80}, {"mels", 32}});
        const TokenLayout layout = TokenLayout::of({.mels = 16, .frames = 20}, 32, frontEnd.frames());
        QCOMPARE(layout.rows, 2);
        QCOMPARE(layout.columns, 5);
        std::vector<int32_t> tokens(10, silentToken);
        const auto set = [&](int row, int column, int32_t code) { tokens[static_cast<size_t>(layout.tokenAt(row, column))] = code; };
        for (const int column : {0, 1, 3})
            set(0, column, 7);
        set(1, 1, 9);
        set(1, 2, 7);
        const std::vector<LabelledSpan> spans = tokenSpans(tokens, layout, frontEnd);
        QCOMPARE(spans.size(), size_t{4});
        const auto is = [](double a, double b) { return std::abs(a - b) < 1e-9; };
        QVERIFY(spans[0].text == "7" && spans[0].begin == 0.0 && is(spans[0].end, 0.395)); // to half a hop before frame 40
        QVERIFY(spans[1].text == "9" && is(spans[1].begin, 0.195) && is(spans[1].end, 0.395));
        QVERIFY(spans[2].text == "7" && is(spans[2].begin, 0.395) && is(spans[2].end, 0.595));
        QVERIFY(spans[3].text == "7" && is(spans[3].begin, 0.595) && is(spans[3].end, 0.795));
        // The lower band ends where the upper one begins, in the middle of the mel axis.
        QCOMPARE(spans[0].band->second, spans[1].band->first);
        QVERIFY(spans[0].band->first < spans[0].band->second && spans[1].band->second <= 4000.0);
        const double middle = 700.0 * (std::pow(10.0, std::log10(1.0 + 4000.0 / 700.0) / 2.0) - 1.0); // HTK's mel scale halved
        QVERIFY2(std::abs(spans[0].band->second - middle) < 5.0, std::to_string(spans[0].band->second).c_str());
        QVERIFY(tokenSpans(std::vector<int32_t>(10, silentToken), layout, frontEnd).empty());
    }
};

QTEST_APPLESS_MAIN(TestTokenSpans)
#include "tst_token_spans.moc"
