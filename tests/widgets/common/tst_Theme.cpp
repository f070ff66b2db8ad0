// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/Theme.h"
#include "common/ThemedIcon.h"

#include <QApplication>
#include <QProxyStyle>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyle>
#include <QTest>

#include <cmath>

using namespace melscope;

namespace {

/// What somebody without one kind of cone sees (Vienot, Brettel and Mollon 1999, in linear light), for red and green.
std::array<double, 3> seenWithout(char cone, const QColor& colour)
{
    const auto linear = [](double part) { return std::pow(part, 2.2); };
    const double r = linear(colour.redF()), g = linear(colour.greenF()), b = linear(colour.blueF());
    const double a = cone == 'L' ? 0.11238 * r + 0.88762 * g : 0.29275 * r + 0.70725 * g;
    const double c = cone == 'L' ? 0.00401 * (r - g) + b : -0.02234 * (r - g) + b;
    return {std::pow(std::max(a, 0.0), 1 / 2.2), std::pow(std::max(a, 0.0), 1 / 2.2), std::pow(std::max(c, 0.0), 1 / 2.2)};
}

double distance(const std::array<double, 3>& a, const std::array<double, 3>& b)
{
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

int inkedPixels(const QImage& image)
{
    int inked = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            inked += qAlpha(image.pixel(x, y)) > 128;
    return inked;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textCanBeRead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textCanBeRead()
    {
        QFETCH(bool, dark);
        const ThemeColours colours = dark ? ThemeColours::dark() : ThemeColours::light();
        const QPalette palette = colours.palette();
        for (const QColor& ground : {colours.window, colours.base, colours.alternateBase, colours.plotBackground,
                                     palette.color(QPalette::Button), palette.color(QPalette::ToolTipBase)})
            for (const QColor& ink : {colours.text, colours.mutedText, colours.accent, colours.good, colours.warning, colours.error})
                QVERIFY2(contrastRatio(ink, ground) >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(contrastRatio(ink, ground))));
        QVERIFY(contrastRatio(colours.accentText, colours.accent) >= 4.5);
        QVERIFY(contrastRatio(colours.selectionText, colours.selection) >= 4.5);
        QVERIFY(contrastRatio(colours.mutedText, colours.selection) >= 3.0);
    }

    void curvesStandOutFromThePlot_data() { textCanBeRead_data(); }

    void curvesStandOutFromThePlot()
    {
        QFETCH(bool, dark);
        const ThemeColours colours = dark ? ThemeColours::dark() : ThemeColours::light();
        for (const QColor& curve : colours.series)
            QVERIFY2(contrastRatio(curve, colours.plotBackground) >= 2.0, qPrintable(curve.name()));
    }

    void curvesDifferForEveryColourVision_data() { textCanBeRead_data(); }

    void curvesDifferForEveryColourVision()
    {
        QFETCH(bool, dark);
        const auto series = (dark ? ThemeColours::dark() : ThemeColours::light()).series;
        for (size_t i = 0; i < series.size(); ++i)
            for (size_t j = i + 1; j < series.size(); ++j)
                for (const char cone : {'L', 'M'})
                    QVERIFY2(distance(seenWithout(cone, series[i]), seenWithout(cone, series[j])) > 0.08,
                             qPrintable(QStringLiteral("%1 and %2 without %3: %4").arg(series[i].name(), series[j].name(), QChar::fromLatin1(cone))
                                            .arg(distance(seenWithout(cone, series[i]), seenWithout(cone, series[j])))));
    }

    void contrastOfBlackAndWhiteIs21()
    {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
    }

    void applyChangesTheApplication()
    {
        QSignalSpy changed(&Theme::instance(), &Theme::changed);
        Theme::instance().apply(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
        QVERIFY(Theme::instance().isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Window), ThemeColours::dark().window);
        const auto* style = qobject_cast<QProxyStyle*>(QApplication::style());
        QVERIFY(style);
        QCOMPARE(style->baseStyle()->name().toLower(), QStringLiteral("fusion"));
        QPushButton button;
        button.show();
        QCOMPARE(button.palette().color(QPalette::ButtonText), ThemeColours::dark().text);
        Theme::instance().apply(Theme::Mode::Light);
        QCoreApplication::processEvents(); // widgets hear of it by a posted event
        QCOMPARE(changed.count(), 2);
        QCOMPARE(button.palette().color(QPalette::ButtonText), ThemeColours::light().text);
        QCOMPARE(Theme::colours().accent, ThemeColours::light().accent);
    }

    void everyIconDraws()
    {
        QVERIFY(themedIconNames().size() > 40);
        for (const QString& name : themedIconNames()) {
            const int inked = inkedPixels(themedIcon(name).pixmap(QSize(32, 32), 1.0).toImage());
            QVERIFY2(inked > 20 && inked < 700, qPrintable(QStringLiteral("%1: %2").arg(name).arg(inked)));
        }
        QVERIFY(themedIcon(QStringLiteral("no such icon")).isNull());
    }

    void iconsFollowTheThemeWithoutBeingSetAgain()
    {
        Theme::instance().apply(Theme::Mode::Light);
        const QIcon icon = themedIcon(QStringLiteral("stop"));
        const QPoint middle(12, 12);
        QCOMPARE(icon.pixmap(QSize(24, 24), 1.0).toImage().pixelColor(middle), ThemeColours::light().text);
        Theme::instance().apply(Theme::Mode::Dark);
        QCOMPARE(icon.pixmap(QSize(24, 24), 1.0).toImage().pixelColor(middle), ThemeColours::dark().text);
        QCOMPARE(icon.pixmap(QSize(24, 24), 1.0, QIcon::Normal, QIcon::On).toImage().pixelColor(middle), ThemeColours::dark().accent);
        QCOMPARE(themedIcon(QStringLiteral("stop"), Qt::red).pixmap(QSize(24, 24), 1.0).toImage().pixelColor(middle), QColor(Qt::red));
    }

    void iconsAreSharpOnDenseScreens()
    {
        const QPixmap pixmap = themedIcon(QStringLiteral("play")).pixmap(QSize(16, 16), 2.0);
        QCOMPARE(pixmap.size(), QSize(32, 32));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_Theme.moc"
