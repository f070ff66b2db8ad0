// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "dataset/DatasetFiles.h"
#include "dataset/DatasetScan.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <mutex>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestScan : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path m_root = fs::path(m_folder.path().toStdString());
    Dataset m_dataset;

    std::vector<std::string> kindsOf(const ScanResult& result, const std::string& name) const
    {
        std::vector<std::string> kinds;
        for (const Problem& problem : result.problems)
            if (problem.file.filename() == name)
                kinds.push_back(toString(problem.kind));
        return kinds;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 12; ++i)
            writeTone(m_root / "ok" / (std::to_string(i) + ".wav"), 0.5, 16000);
        writeTone(m_root / "ok/stereo.flac", 0.5, 16000, 0.5f, 2);
        const fs::path bad = m_root / "bad";
        writeTone(bad / "cut.wav", 0.5, 16000);
        fs::resize_file(bad / "cut.wav", fs::file_size(bad / "cut.wav") / 2);
        writeText(bad / "zero.wav", "");
        writeText(bad / "text.wav", "this is no sound at all, whatever its name may claim");
        writeTone(bad / "silent.wav", 0.5, 16000, 0.0f);
        writeTone(bad / "loud.wav", 0.5, 16000, 3.0f);
        writeTone(bad / "rate.wav", 0.5, 96000);
        writeTone(bad / "short.wav", 0.2, 16000);
        writeTone(bad / "long.wav", 1.0, 16000);
        writeTone(bad / "vanishing.wav", 0.5, 16000);
        m_dataset = openDataset(m_root);
        QCOMPARE(m_dataset.clips.size(), size_t(22));
        fs::remove(bad / "vanishing.wav");
    }

    void everyTroubleIsNamedOnceAndTheRestIsReadable()
    {
        const ScanResult result = scanDataset(m_dataset, true, 3);
        QCOMPARE(result.facts.size(), m_dataset.clips.size());
        const std::vector<std::pair<std::string, std::string>> expected = {
            {"zero.wav", "empty"},    {"text.wav", "not-audio"},     {"silent.wav", "silent"}, {"loud.wav", "clipped"},
            {"rate.wav", "unusual-rate"}, {"short.wav", "short"}, {"long.wav", "long"},     {"vanishing.wav", "missing"}};
        for (const auto& [name, kind] : expected)
            QCOMPARE(kindsOf(result, name), std::vector<std::string>{kind});
        QCOMPARE(kindsOf(result, "cut.wav"), (std::vector<std::string>{"truncated", "short"}));
        QCOMPARE(result.problems.size(), expected.size() + 2);
        for (const Problem& problem : result.problems) {
            QVERIFY(problem.message.find(problem.file.filename().string()) != std::string::npos);
            const bool lost = problem.kind == Problem::Kind::Empty || problem.kind == Problem::Kind::NotAudio
                              || problem.kind == Problem::Kind::Missing;
            QCOMPARE(problem.unusable, lost);
        }
        size_t readable = 0;
        for (size_t i = 0; i < result.facts.size(); ++i) {
            readable += result.facts[i].readable ? 1 : 0;
            if (m_dataset.clips[i].name == "ok/stereo.flac") {
                QCOMPARE(result.facts[i].info.channels, 2);
                QVERIFY(std::abs(result.facts[i].level.peakDb + 6.02) < 0.1);
            }
        }
        QCOMPARE(readable, size_t(19));
    }

    void aShallowScanDecodesNothing()
    {
        const ScanResult result = scanDataset(m_dataset, false, 2);
        QVERIFY(kindsOf(result, "silent.wav").empty());
        QCOMPARE(kindsOf(result, "text.wav"), std::vector<std::string>{"not-audio"});
        QCOMPARE(kindsOf(result, "rate.wav"), std::vector<std::string>{"unusual-rate"});
    }

    void everyClipIsPublishedOnceAndProgressEndsComplete()
    {
        std::mutex mutex;
        std::vector<int> published(m_dataset.clips.size(), 0);
        std::pair<int, int> last;
        scanDataset(m_dataset, false, 4, {}, [&](int done, int total) { last = {done, total}; },
                    [&](int clip, const ClipFacts&) {
                        const std::lock_guard lock(mutex);
                        ++published[static_cast<size_t>(clip)];
                    });
        QCOMPARE(published, std::vector<int>(m_dataset.clips.size(), 1));
        QCOMPARE(last, std::make_pair(22, 22));
    }

    void stoppingThrows()
    {
        std::stop_source stop;
        std::atomic<int> published = 0;
        const auto scan = [&] {
            scanDataset(m_dataset, true, 1, stop.get_token(), {}, [&](int, const ClipFacts&) {
                if (++published == 3)
                    stop.request_stop();
            });
        };
        QCOMPARE(errorOf(scan).first, std::string("cancelled"));
        QCOMPARE(published.load(), 3);
    }
};

QTEST_APPLESS_MAIN(TestScan)
#include "tst_scan.moc"
