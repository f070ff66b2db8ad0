// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeCard.h"
#include "tokens/CodeColours.h"
#include "tokens/CodePatch.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenGeometry.h"
#include "widgets/tokens/SmallTokens.h"

#include "common/ColourMap.h"

#include <QSignalSpy>
#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>
#include <set>

using namespace melscope;
using namespace melscope::test;

namespace {

using Triple = std::array<double, 3>;

Triple linear(QRgb colour)
{
    Triple result;
    const std::array<int, 3> bytes{qRed(colour), qGreen(colour), qBlue(colour)};
    for (size_t i = 0; i < 3; ++i) {
        const double value = bytes[i] / 255.0;
        result[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    return result;
}

/// How somebody sees it whose long- (protan) or medium-wave (deutan) cones are missing: Machado et al. 2009, severity 1.
Triple seenBy(const QString& eyes, const Triple& colour)
{
    using Matrix = std::array<Triple, 3>;
    static const Matrix deutan{{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
    static const Matrix protan{{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
    if (eyes == QLatin1String("all cones"))
        return colour;
    Triple seen;
    for (size_t row = 0; row < 3; ++row)
        seen[row] = std::inner_product(colour.begin(), colour.end(), (eyes == QLatin1String("deutan") ? deutan : protan)[row].begin(), 0.0);
    return seen;
}

/// CIE 1976 L*a*b*, D65.
Triple lab(const Triple& colour)
{
    Triple c;
    std::ranges::transform(colour, c.begin(), [](double value) { return std::clamp(value, 0.0, 1.0); });
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
    const double x = f((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
    const double y = f(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
    const double z = f((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
    return {116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}

} // namespace

class TestCodeViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsUnderThePointerGoesBeforeWhatWasChosen()
    {
        CurrentCode current;
        QSignalSpy lit(&current, &CurrentCode::litChanged);
        QSignalSpy chosen(&current, &CurrentCode::chosenChanged);
        current.choose(3);
        current.hover(7);
        current.hover(7);
        QCOMPARE(current.lit(), 7);
        current.hover(CurrentCode::none);
        QCOMPARE(current.lit(), 3);
        current.clear();
        QCOMPARE(current.lit(), CurrentCode::none);
        const auto codes = [](const QSignalSpy& spy) {
            QList<int> all;
            for (const auto& call : spy)
                all.append(call.first().toInt());
            return all;
        };
        QCOMPARE(codes(lit), (QList<int>{3, 7, 3, -1}));
        QCOMPARE(codes(chosen), (QList<int>{3, -1}));
    }

    void tokensTileTheClip()
    {
        const auto set = smallTokenSet();
        const TokenGeometry geometry(*set);
        const double hop = 128.0 / 8000.0;
        QCOMPARE(geometry.seconds(0).start, -hop / 2.0); // frames are centred at their times
        QCOMPARE(geometry.seconds(7).end, 63.5 * hop);
        QCOMPARE(geometry.lowestHz(0), set->tokenizer.frontEnd.hzOfMel(-0.5));
        QCOMPARE(geometry.highestHz(1), set->tokenizer.frontEnd.hzOfMel(15.5));
        for (int token = 0; token < set->layout.size(); ++token) {
            const TimeSpan span = geometry.seconds(token);
            const double middle = (span.start + span.end) / 2.0;
            const double row = (set->layout.rowOf(token) + 0.5) * 8.0;
            QCOMPARE(geometry.tokenAt(middle, row), std::optional(token));
            QCOMPARE(geometry.tokenAt(span.start + 1e-9, row), std::optional(token));
            QCOMPARE(geometry.tokenAt(span.end - 1e-9, row), std::optional(token));
        }
        QVERIFY(!geometry.tokenAt(geometry.seconds(6).end + 1e-6, 0.0)); // the frame that is left over
        QVERIFY(!geometry.tokenAt(0.1, 16.0));
        QVERIFY(!geometry.tokenAt(-1.0, 3.0));
    }

    void coloursAreToldApartWithAnyEyes_data()
    {
        QTest::addColumn<QString>("eyes");
        for (const char* eyes : {"all cones", "deutan", "protan"})
            QTest::addRow("%s", eyes) << QString::fromLatin1(eyes);
    }

    void coloursAreToldApartWithAnyEyes()
    {
        QFETCH(QString, eyes);
        const auto distance = [&](int a, int b) {
            const Triple x = lab(seenBy(eyes, linear(CodeColours::ofCode(a))));
            const Triple y = lab(seenBy(eyes, linear(CodeColours::ofCode(b))));
            return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
        };
        // A distance of 2.3 is just noticed side by side (Mahy et al. 1994).
        for (int a = 0; a < 16; ++a)
            for (int b = 0; b < a; ++b)
                QVERIFY2(distance(a, b) > 12.0, qPrintable(QStringLiteral("%1 and %2: %3").arg(a).arg(b).arg(distance(a, b))));
        std::set<QRgb> all;
        for (int code = 0; code < 1024; ++code)
            all.insert(CodeColours::ofCode(code));
        QVERIFY(all.size() > 1000);
    }

    void usageColoursRiseWithUsage()
    {
        const std::vector<int64_t> usage{1, 0, 10, 100};
        const std::vector<QRgb> colours = CodeColours::byUsage(usage);
        const ColourMap& map = ColourMap::named(QStringLiteral("viridis"));
        QCOMPARE(colours[0], map.at(0.0));
        QCOMPARE(colours[1], qRgb(128, 128, 128));
        QCOMPARE(colours[2], map.at(0.5)); // half of the way in ratios
        QCOMPARE(colours[3], map.at(1.0));
    }

    void aPatchStandsUpright()
    {
        TokenSet set = *smallTokenSet();
        set.meanPatches[2 * 128 + 0 * 16 + 5] = 3.0f; // code 2, lowest band, frame 5: as bright as it gets
        const QImage image = codePatch(set, 2);
        QCOMPARE(image.size(), QSize(16, 8));
        const ColourMap& map = ColourMap::named(QStringLiteral("magma"));
        QCOMPARE(image.pixel(5, 7), map.at(1.0));
        QCOMPARE(image.pixel(5, 6), map.at(2.5 / 5.0));
        QVERIFY(codePatch(set, 4).isNull());
    }

    void aCardCountsTrainingClipsOnly()
    {
        CodeCard card;
        card.setTokens(smallTokens());
        // Of the 14 tokens that are heard in clips 0 and 1, code 0 has 7 and code 2 two; all of "rain".
        card.setCode(0);
        QCOMPARE(card.lines(), (QStringList{QStringLiteral("Code 0"), QStringLiteral("7 tokens, 50.0 %"), QStringLiteral("commonest: 1 of 5"),
                                            QStringLiteral("100.0 % rain")}));
        card.setCode(2);
        QVERIFY(card.lines().contains(QStringLiteral("2 tokens, 14.3 %")));
        card.setCode(4);
        QCOMPARE(card.lines(), (QStringList{QStringLiteral("Code 4"), QStringLiteral("never used")}));
    }
};

QTEST_MAIN(TestCodeViews)
#include "tst_CodeViews.moc"
