// SPDX-License-Identifier: GPL-3.0-or-later
#include "MicroscopeController.h"
#include "RunsController.h"
#include "app/TinyDataset.h"
#include "tokens/MaskedClipView.h"

#include <QComboBox>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

#include <map>

using namespace melscope;

/// A tiny masked-prediction run, trained and then looked at with the real engine.
class TestMicroscopeController : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 120'000;

    QTemporaryDir m_folder;
    std::unique_ptr<RunsController> m_runs;
    std::map<int64_t, double> m_losses; // [step] of round 1, as they were told while it trained

    static NewRun tinyRun(const QString& folder)
    {
        Recipe recipe = findRecipe("transformer-beats-published");
        const QStringList options = tinySettings(1);
        for (qsizetype i = 1; i < options.size(); i += 2) {
            const QStringList pair = options[i].split(QLatin1Char('='));
            recipe = recipe.with(pair[0].toStdString(), pair[1].toStdString());
        }
        recipe = recipe.with(std::vector<Setting>{{"pretraining.rounds", "1"}, {"pretraining.epochs", "3"}, {"pretraining.batch", "6"}, {"pretraining.codes", "4"},
                                                  {"pretraining.keep_every", "2"}, {"model.patch", "8"}, {"model.layers", "1"}, {"model.dim", "32"},
                                                  {"model.heads", "2"}, {"training.precision", "fp32"}});
        return {.dataset = std::make_shared<const Dataset>(openDataset(folder.toStdString())), .recipe = recipe, .folds = {1}};
    }

    struct Shown
    {
        MicroscopePanel panel;
        MicroscopeController controller;
        QSignalSpy looked{&panel.view(), &MaskedClipView::tokenChanged}; // -1 with every look that arrives

        explicit Shown(RunsController& runs) : controller(panel, runs)
        {
            panel.resize(1000, 320);
            panel.show();
            runs.findCodebooks();
        }
        QPushButton* start() { return panel.findChild<QPushButton*>(); }
        QComboBox* epochs() { return panel.findChildren<QComboBox*>()[1]; }
        bool says(const QString& words) { return panel.verdict().contains(words); }
    };

    QString lossAt(int64_t step) const { return QStringLiteral("loss %1 nats").arg(QLocale().toString(m_losses.at(step), 'f', 4)); }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MELSCOPE_CACHE_DIR", m_folder.filePath(QStringLiteral("cache")).toUtf8());
        const QString dataset = m_folder.filePath(QStringLiteral("tiny"));
        writeTinyDataset(dataset);
        m_runs = std::make_unique<RunsController>(m_folder.filePath(QStringLiteral("runs")).toStdString());
        RunState state = RunState::Queued;
        QString message;
        connect(m_runs.get(), &RunsController::reported, this, [&](const TrainingReport& report) {
            state = report.state;
            message = QString::fromStdString(report.message);
            if (report.stage.name == "masked-1")
                for (const StepMetrics& step : report.newSteps)
                    m_losses[step.step] = step.loss;
        });
        m_runs->start(tinyRun(dataset));
        QTRY_VERIFY_WITH_TIMEOUT(state == RunState::Finished || state == RunState::Failed, patience);
        QVERIFY2(state == RunState::Finished, qPrintable(message));
        QCOMPARE(m_losses.size(), size_t{9}); // three batches an epoch
    }

    void theLossThatIsShownIsTrainings()
    {
        Shown shown(*m_runs);
        QTRY_VERIFY_WITH_TIMEOUT(shown.start()->isEnabled(), patience);
        shown.epochs()->setCurrentIndex(shown.epochs()->findData(2));
        QTest::mouseClick(shown.start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(lossAt(7)), patience); // the first batch after two epochs
        QVERIFY(shown.says(QStringLiteral("as training has it")));
        QCOMPARE(shown.panel.findChildren<QComboBox*>().last()->count(), 6); // its clips
    }

    void aNewerRequestTakesTheOlderOnesPlace()
    {
        Shown shown(*m_runs);
        QTRY_VERIFY_WITH_TIMEOUT(shown.start()->isEnabled(), patience);
        shown.epochs()->setCurrentIndex(shown.epochs()->findData(2));
        QTest::mouseClick(shown.start(), Qt::LeftButton);
        auto* batch = shown.panel.findChild<QSpinBox*>();
        for (int step = 0; step < 2; ++step)
            QTest::keyClick(batch, Qt::Key_Up); // while it looks
        QTRY_VERIFY_WITH_TIMEOUT(shown.looked.count() > 0, patience);
        QVERIFY2(shown.says(QStringLiteral("batch 9 in the order of training")), qPrintable(shown.panel.verdict()));
        QTest::mouseClick(shown.start(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(shown.looked.count(), 2, patience); // nothing came of the two that were overtaken
    }

    void aFailureIsSaid()
    {
        Shown shown(*m_runs);
        QTRY_VERIFY_WITH_TIMEOUT(shown.start()->isEnabled(), patience);
        Q_EMIT shown.panel.lookRequested({.run = "nosuchrun", .round = 1}, {});
        QTRY_VERIFY_WITH_TIMEOUT(shown.says(QStringLiteral("nosuchrun")), patience);
    }
};

QTEST_MAIN(TestMicroscopeController)
#include "tst_microscope_controller.moc"
