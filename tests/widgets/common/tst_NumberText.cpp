// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/Figures.h"
#include "common/NumberText.h"

#include <QtTest>

using namespace melscope;

class TestNumberText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aMinusIsNoHyphen()
    {
        QCOMPARE(numberText(-23.44, 1), QStringLiteral("\u221223.4"));
        QCOMPARE(numberText(23.46, 1), QStringLiteral("23.5"));
        QCOMPARE(withMinus(QString::number(-1e-9)), QStringLiteral("\u22121e\u221209"));
        QCOMPARE(percentText(-0.125), QStringLiteral("\u221212.5 %"));
        QCOMPARE(intervalText({.low = -0.01, .high = 0.02}), QStringLiteral("\u22121.0 to 2.0"));
    }
};

QTEST_APPLESS_MAIN(TestNumberText)
#include "tst_NumberText.moc"
