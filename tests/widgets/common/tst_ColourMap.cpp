// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ColourMap.h"

#include <QTest>

#include <cmath>
#include <limits>

using melscope::ColourMap;

namespace {

double lightness(QRgb colour)
{
    return 0.2126 * qRed(colour) + 0.7152 * qGreen(colour) + 0.0722 * qBlue(colour);
}

} // namespace

class TestColourMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levelsGetLighter_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : ColourMap::names())
            if (!name.startsWith(QLatin1String("diverging")))
                QTest::newRow(qPrintable(name)) << name;
    }

    void levelsGetLighter()
    {
        QFETCH(QString, name);
        const auto& entries = ColourMap::named(name).entries();
        for (size_t i = 1; i < entries.size(); ++i)
            QVERIFY2(lightness(entries[i]) >= lightness(entries[i - 1]) - 0.5, qPrintable(QString::number(i)));
        QVERIFY(lightness(entries.back()) - lightness(entries.front()) > 150);
    }

    void divergingIsLightestInTheMiddle()
    {
        const auto& entries = ColourMap::named(QStringLiteral("diverging")).entries();
        for (size_t i = 1; i < 128; ++i) {
            QVERIFY(lightness(entries[i]) >= lightness(entries[i - 1]));
            QVERIFY(lightness(entries[255 - i]) >= lightness(entries[256 - i]));
        }
        QVERIFY(qBlue(entries.front()) > qRed(entries.front()));
        QVERIFY(qRed(entries.back()) > qBlue(entries.back()));
    }

    void endsAreThePublishedOnes()
    {
        QCOMPARE(ColourMap::named(QStringLiteral("viridis")).entries().front(), qRgb(0x44, 0x01, 0x54));
        QCOMPARE(ColourMap::named(QStringLiteral("viridis")).entries().back(), qRgb(0xfd, 0xe7, 0x25));
        QCOMPARE(ColourMap::named(QStringLiteral("magma")).at(0.5), ColourMap::named(QStringLiteral("magma")).entries()[128]);
    }

    void positionsOutsideAreClamped()
    {
        const ColourMap& map = ColourMap::named(QStringLiteral("inferno"));
        QCOMPARE(map.at(-3.0), map.entries().front());
        QCOMPARE(map.at(7.0), map.entries().back());
        QCOMPARE(map.at(std::numeric_limits<double>::infinity()), map.entries().back());
        QCOMPARE(map.at(std::nan("")), map.entries().front());
    }

    void unknownNameIsMagma()
    {
        QCOMPARE(&ColourMap::named(QStringLiteral("plaid")), &ColourMap::named(QStringLiteral("magma")));
    }

    void everyNameHasALabel()
    {
        for (const QString& name : ColourMap::names())
            QVERIFY(ColourMap::labelOf(name) != name);
    }
};

QTEST_GUILESS_MAIN(TestColourMap)
#include "tst_ColourMap.moc"
