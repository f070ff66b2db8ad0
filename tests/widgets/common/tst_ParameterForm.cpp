// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "common/NumberEdit.h"
#include "common/ParameterForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace melscope;

namespace {

const ParameterSchema& exampleSchema()
{
    using Type = Parameter::Type;
    static const ParameterSchema schema({
        {.key = "mels", .label = "Mel bands", .type = Type::Integer, .unit = "", .defaultValue = 128, .minimum = 8, .maximum = 256, .help = "Rows."},
        {.key = "lr", .label = "Learning rate", .type = Type::Real, .defaultValue = 1e-3, .minimum = 1e-6, .maximum = 1.0, .help = "Step.", .logarithmic = true},
        {.key = "f_max", .label = "Upper edge", .type = Type::Real, .unit = "Hz", .defaultValue = 22050.0, .minimum = 0.0, .maximum = 96000.0, .help = "Top."},
        {.key = "window", .label = "Window", .type = Type::Choice, .defaultValue = "hann", .choices = {"hann", "hamming"}, .help = "Shape.", .advanced = true},
        {.key = "norm", .label = "Unit area", .type = Type::Boolean, .defaultValue = false, .help = "Area.", .advanced = true},
    });
    return schema;
}

class Form : public ParameterForm
{
public:
    Form() : ParameterForm(exampleSchema()) { resize(400, 300); show(); }

    template <typename Control>
    Control* control(const char* key) const { return findChild<Control*>(QString::fromLatin1(key)); }
    QLineEdit* field(const char* key) const { return control<NumberEdit>(key)->findChild<QLineEdit*>(); }

    void type(const char* key, const char* text) const
    {
        field(key)->setFocus();
        field(key)->selectAll();
        QTest::keyClicks(field(key), QString::fromLatin1(text));
        QTest::keyClick(field(key), Qt::Key_Return);
    }

    QStringList shownSentences() const
    {
        QStringList sentences;
        for (const QLabel* label : findChildren<QLabel*>())
            if (label->isVisible() && label->text().endsWith(QLatin1Char('.')))
                sentences << label->text();
        return sentences;
    }
};

} // namespace

class TestParameterForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithDefaults()
    {
        const Form form;
        QCOMPARE(form.values().dump(), exampleSchema().defaults().dump());
        QVERIFY(form.changedValues().empty());
    }

    void valuesMakeTheRoundTrip()
    {
        Form form;
        QSignalSpy changed(&form, &ParameterForm::valueChanged);
        const Json values{{"mels", 64}, {"lr", 3.3e-4}, {"f_max", 8000.0}, {"window", "hamming"}, {"norm", true}, {"unknown", 7}};
        form.setValues(values);
        Json expected = values;
        expected.erase("unknown");
        QCOMPARE(form.values().dump(), expected.dump());
        QCOMPARE(form.changedValues().dump(), expected.dump());
        QCOMPARE(form.value("lr").get<double>(), 3.3e-4);
        QVERIFY(form.value("mels").is_number_integer());
        QCOMPARE(changed.count(), 0);
    }

    void aValueOutOfRangeChangesNothing()
    {
        Form form;
        QVERIFY_EXCEPTION_THROWN(form.setValues(Json{{"lr", 0.5}, {"mels", 3}}), Error);
        QCOMPARE(form.values().dump(), exampleSchema().defaults().dump());
    }

    void typingReportsTheKey()
    {
        Form form;
        QSignalSpy changed(&form, &ParameterForm::valueChanged);
        form.type("lr", "2e-4");
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.last().first().toString(), QStringLiteral("lr"));
        QCOMPARE(form.value("lr").get<double>(), 2e-4);
        form.type("f_max", "8000 hz");
        QCOMPARE(form.value("f_max").get<double>(), 8000.0);
        QVERIFY(form.field("f_max")->text().endsWith(QStringLiteral("Hz")));
        form.type("f_max", "440,5");
        QCOMPARE(form.value("f_max").get<double>(), 440.5);
        form.control<QComboBox>("window")->setCurrentIndex(1);
        form.control<QCheckBox>("norm")->click();
        QCOMPARE(changed.last().first().toString(), QStringLiteral("norm"));
        QCOMPARE(form.value("window").get<std::string>(), std::string("hamming"));
        QCOMPARE(form.value("norm").get<bool>(), true);
    }

    void badTextIsAnsweredInWordsAndChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"4", "257", "12.5", "many", "1e99"})
            QTest::newRow(text) << QByteArray(text);
    }

    void badTextIsAnsweredInWordsAndChangesNothing()
    {
        QFETCH(QByteArray, text);
        Form form;
        QSignalSpy changed(&form, &ParameterForm::valueChanged);
        form.type("mels", text.constData());
        QCOMPARE(changed.count(), 0);
        QCOMPARE(form.value("mels").get<int>(), 128);
        QVERIFY(form.hasErrors());
        QCOMPARE(form.shownSentences().size(), 1);
        QVERIFY(form.shownSentences().first().startsWith(QStringLiteral("Mel bands must be a whole number, 8")));
        form.type("mels", "64");
        QVERIFY(!form.hasErrors());
        QVERIFY(form.shownSentences().isEmpty());
        QCOMPARE(form.value("mels").get<int>(), 64);
    }

    void contradictionsAreShownBesideTheirControl()
    {
        Form form;
        QSignalSpy errors(&form, &ParameterForm::errorsChanged);
        QVERIFY(!form.control<QCheckBox>("norm")->isVisible());
        form.setError("norm", QStringLiteral("This cannot be with a Kaldi front end."));
        QCOMPARE(form.shownSentences(), QStringList{QStringLiteral("This cannot be with a Kaldi front end.")});
        QVERIFY(form.control<QCheckBox>("norm")->isVisible());
        form.clearErrors();
        QVERIFY(!form.hasErrors());
        QCOMPARE(errors.count(), 2);
    }

    void slidersMoveInRatiosWhereAskedTo()
    {
        Form form;
        QSlider* slider = form.control<NumberEdit>("lr")->parentWidget()->findChild<QSlider*>();
        slider->setValue(slider->maximum() / 2);
        QVERIFY(std::abs(std::log10(form.value("lr").get<double>()) + 3.0) < 0.01);
        slider->setValue(slider->maximum());
        QCOMPARE(form.value("lr").get<double>(), 1.0);
        slider->setValue(0);
        QCOMPARE(form.value("lr").get<double>(), 1e-6);
        form.setValue("lr", 1e-3);
        QCOMPARE(slider->value(), slider->maximum() / 2);
        QCOMPARE(form.value("lr").get<double>(), 1e-3);
    }

    void arrowKeysStepWithinTheRange()
    {
        Form form;
        QTest::keyClick(form.control<NumberEdit>("mels"), Qt::Key_Up);
        QCOMPARE(form.value("mels").get<int>(), 129);
        form.setValue("mels", 256);
        QTest::keyClick(form.control<NumberEdit>("mels"), Qt::Key_Up);
        QCOMPARE(form.value("mels").get<int>(), 256);
        QTest::keyClick(form.control<NumberEdit>("lr"), Qt::Key_Up);
        QVERIFY(std::abs(form.value("lr").get<double>() - 1.26e-3) < 1e-9);
    }

    void changedOnesAreMarkedAndCanGoBack()
    {
        Form form;
        QSignalSpy changed(&form, &ParameterForm::valueChanged);
        const auto resets = [&form] {
            const auto buttons = form.findChildren<QToolButton*>();
            return std::count_if(buttons.begin(), buttons.end(), [](const QToolButton* button) {
                return button->isVisible() && button->accessibleName().startsWith(QStringLiteral("Reset"));
            });
        };
        QCOMPARE(resets(), 0);
        form.setValues(Json{{"mels", 64}, {"f_max", 100.0}});
        QCOMPARE(resets(), 2);
        form.resetToDefaults();
        QCOMPARE(resets(), 0);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(form.values().dump(), exampleSchema().defaults().dump());
    }

    void controlsHaveNamesAndHelp()
    {
        const Form form;
        for (const Parameter& parameter : exampleSchema().parameters()) {
            const auto* control = form.control<QWidget>(parameter.key.c_str());
            QVERIFY(control);
            QCOMPARE(control->accessibleName(), QString::fromStdString(parameter.label));
            QVERIFY(control->toolTip().contains(QString::fromStdString(parameter.help)));
            QVERIFY(!control->whatsThis().isEmpty());
        }
    }
};

QTEST_MAIN(TestParameterForm)
#include "tst_ParameterForm.moc"
