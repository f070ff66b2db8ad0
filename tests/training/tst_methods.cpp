// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "training/Engine.h"
#include "training/Method.h"

#include <QtTest>

using namespace melscope;

class TestMethods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sevenWithTheirPublishedFigures()
    {
        const std::vector<std::pair<std::string, double>> expected{
            {"resnet34", 80.5}, {"efficientnet-b0", 81.5}, {"simclr", 82.5}, {"cnn-beats", 74.5},
            {"transformer-beats", 40.0}, {"beats-frozen", 94.5}, {"beats-finetuned", 95.25}};
        QCOMPARE(methods().size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(methods()[i].id, expected[i].first);
            QCOMPARE(100.0 * methods()[i].publishedAccuracy, expected[i].second);
            QVERIFY(findMethod(expected[i].first) == &methods()[i]);
        }
        QCOMPARE(methods().front().publishedTtaAccuracy, 0.835);
        QVERIFY(!findMethod("resnet18"));
    }

    void statesSurviveTheDatabase()
    {
        for (int i = 0; i <= static_cast<int>(RunState::Failed); ++i) {
            const auto state = static_cast<RunState>(i);
            QCOMPARE(runStateFrom(toString(state)), state);
        }
        QVERIFY_THROWS_EXCEPTION(Error, runStateFrom("asleep"));
    }

    void buttonsFollowTheState()
    {
        QVERIFY(!isActive(RunState::Queued) && isActive(RunState::Preparing) && isActive(RunState::Stopping) && !isActive(RunState::Interrupted));
        QVERIFY(isEnded(RunState::Finished) && isEnded(RunState::Stopped) && isEnded(RunState::Failed) && !isEnded(RunState::Interrupted));
        QVERIFY(canPause(RunState::Running) && !canPause(RunState::Paused) && !canPause(RunState::Queued));
        QVERIFY(canContinue(RunState::Paused) && canContinue(RunState::Pausing) && !canContinue(RunState::Running));
        QVERIFY(canStop(RunState::Queued) && canStop(RunState::Paused) && !canStop(RunState::Stopping) && !canStop(RunState::Finished));
        QVERIFY(canResume(RunState::Interrupted) && canResume(RunState::Failed) && !canResume(RunState::Finished) && !canResume(RunState::Running));
    }

    void missingEngineIsSaidInWords()
    {
        qputenv("MELSCOPE_ENGINE", "/nowhere/engine.so");
        try {
            loadEngine();
            QFAIL("an engine came from nowhere");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Missing);
            QVERIFY(QString::fromStdString(error.what()).contains(QLatin1String("/nowhere/engine.so")));
        }
        QTemporaryFile notALibrary;
        QVERIFY(notALibrary.open());
        qputenv("MELSCOPE_ENGINE", notALibrary.fileName().toUtf8());
        try {
            loadEngine();
            QFAIL("an empty file was taken for an engine");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
        }
    }
};

QTEST_APPLESS_MAIN(TestMethods)
#include "tst_methods.moc"
