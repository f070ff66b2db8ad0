// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Parameter.h"

#include <QtTest>

using namespace melscope;

class TestParameter : public QObject
{
    Q_OBJECT

private:
    const ParameterSchema m_schema{{
        {.key = "training.epochs", .label = "Epochs", .type = Parameter::Type::Integer, .defaultValue = 40, .minimum = 1, .maximum = 1000},
        {.key = "training.lr", .label = "Learning rate", .defaultValue = 1e-3, .minimum = 1e-7, .maximum = 1.0},
        {.key = "training.precision", .label = "Precision", .type = Parameter::Type::Choice, .defaultValue = "auto", .choices = {"auto", "fp32", "bf16"}},
        {.key = "training.ema", .label = "EMA", .type = Parameter::Type::Boolean, .defaultValue = false},
        {.key = "front_end.hop", .label = "Hop", .type = Parameter::Type::Integer, .unit = "samples", .defaultValue = 512, .minimum = 16, .maximum = 8192},
    }};

    QString sentence(const char* key, const char* text) const
    {
        try {
            m_schema.parsed(key, text);
        } catch (const Error& error) {
            return error.kind() == ErrorKind::InvalidValue ? QString::fromStdString(error.what()) : QStringLiteral("wrong kind");
        }
        return {};
    }

private Q_SLOTS:
    void parsesByType()
    {
        QVERIFY(m_schema.parsed("training.epochs", "12") == Json(12));
        QVERIFY(m_schema.parsed("training.epochs", "12").is_number_integer());
        QVERIFY(m_schema.parsed("training.lr", "3e-4") == Json(3e-4));
        QVERIFY(m_schema.parsed("training.precision", "bf16") == Json("bf16"));
        QVERIFY(m_schema.parsed("training.ema", "yes") == Json(true));
        QVERIFY(m_schema.parsed("training.ema", "0") == Json(false));
    }

    void acceptsBothEndsOfARangeAndNothingBeyond()
    {
        QVERIFY(sentence("training.epochs", "1").isEmpty());
        QVERIFY(sentence("training.epochs", "1000").isEmpty());
        QVERIFY(!sentence("training.epochs", "0").isEmpty());
        QVERIFY(!sentence("training.epochs", "1001").isEmpty());
        QVERIFY(!sentence("training.epochs", "2.5").isEmpty());
        QVERIFY(!sentence("training.lr", "nan").isEmpty());
        QVERIFY(!sentence("training.ema", "perhaps").isEmpty());
    }

    void refusalNamesKeyValueRangeAndUnit()
    {
        const QString text = sentence("front_end.hop", "9000");
        for (const char* part : {"front_end.hop", "9000", "16", "8192", "samples"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        QVERIFY(sentence("training.precision", "fp16").contains(QLatin1String("auto, fp32, bf16")));
    }

    void unknownKeyNamesTheNearest()
    {
        QVERIFY(sentence("training.epoch", "3").contains(QLatin1String("\"training.epochs\"")));
        QVERIFY(sentence("front_end.hops", "3").contains(QLatin1String("\"front_end.hop\"")));
    }

    void prefixedKeepsEverythingElse()
    {
        const ParameterSchema prefixed = m_schema.prefixed("x.");
        QVERIFY(prefixed.find("x.training.lr"));
        QVERIFY(!prefixed.find("training.lr"));
        QVERIFY(prefixed.defaults()["x.front_end.hop"] == Json(512));
    }
};

QTEST_APPLESS_MAIN(TestParameter)
#include "tst_parameter.moc"
