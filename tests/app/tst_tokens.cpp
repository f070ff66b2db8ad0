// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"
#include "app/TinyDataset.h"
#include "base/Files.h"
#include "tokens/TokenStatistics.h"

#include <QtTest>


#include <cstring>
#include <set>

using namespace melscope;

/// tokens fit, tokens stats and tokenize through the real executable.
class TestTokens : public QObject
{
    Q_OBJECT

private:
    CommandRunner m_runner;
    QString m_dataset;
    QString m_codebook;

    CommandResult fit(const QString& out, const QStringList& more = {}) const
    {
        return m_runner.run(QStringList{"tokens", "fit", m_dataset, "--out", out, "--json", "--fold", "2", "--set", "sample_rate=8000", "--set",
                                        "clip_seconds=0.5", "--set", "n_fft=256", "--set", "hop=128", "--set", "mels=16", "--set", "codes=6",
                                        "--set", "patch_mels=8", "--set", "patch_frames=8"}
                            + more);
    }

    static Json json(const CommandResult& result) { return Json::parse(result.out.toStdString()); }

private Q_SLOTS:
    void initTestCase()
    {
        m_dataset = m_runner.path(QStringLiteral("tiny"));
        writeTinyDataset(m_dataset);
        m_codebook = m_runner.path(QStringLiteral("codes.safetensors"));
    }

    void fitWritesACodebookAndItsStatistics()
    {
        const CommandResult result = fit(m_codebook);
        QCOMPARE(result.status, 0);
        const TokenSet set = readTokenSet(m_codebook.toStdString());
        QCOMPARE(set.clipCount(), 24);
        QCOMPARE(set.heldOut, std::optional<int>(2));
        const TokenStatistics statistics = tokenStatistics(set, set.trainingClips());
        QCOMPARE(statistics.clips, 18);
        QCOMPARE(json(result)["perplexity"].get<double>(), statistics.perplexity);
        QVERIFY(statistics.mutualInformation > 0.3); // two tones and noise: the codes know them apart
    }

    void theSeedDecides()
    {
        const QString again = m_runner.path(QStringLiteral("again.safetensors"));
        fit(again);
        QVERIFY(readFile(again.toStdString()) == readFile(m_codebook.toStdString()));
        fit(again, {"--seed", "1"});
        QVERIFY(readFile(again.toStdString()) != readFile(m_codebook.toStdString()));
    }

    void statsSayTheSame()
    {
        const CommandResult stats = m_runner.run({"tokens", "stats", m_codebook, "--json"});
        QCOMPARE(stats.status, 0);
        QCOMPARE(json(stats)["clips"].get<int>(), 18);
        const TokenSet set = readTokenSet(m_codebook.toStdString());
        QCOMPARE(json(stats)["mutual_information_bits"].get<double>(), tokenStatistics(set, set.trainingClips()).mutualInformation);
        QCOMPARE(json(m_runner.run({"tokens", "stats", m_codebook, "--json", "--clips", "held-out"}))["clips"].get<int>(), 6);
        const CommandResult table = m_runner.run({"tokens", "stats", m_codebook, "--csv"});
        QCOMPARE(table.status, 0);
        QCOMPARE(table.out.count(u'\n'), 7); // a head and six codes
        QCOMPARE(m_runner.run({"tokens", "stats", m_codebook, "--clips", "some"}).status, 2);
        const CommandResult missing = m_runner.run({"tokens", "stats", m_dataset + "/meta/esc50.csv"});
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.errors.contains(QLatin1String("esc50.csv")));
    }

    void tokenizeAgreesWithTheCodebooksOwnTokens()
    {
        const TokenSet set = readTokenSet(m_codebook.toStdString());
        const QString out = m_runner.path(QStringLiteral("tokens.npy"));
        QStringList words{"tokenize", "--codebook", m_codebook, "--out", out};
        for (const int clip : {3, 17})
            words << m_dataset + "/audio/" + QString::fromStdString(set.clips[static_cast<size_t>(clip)]);
        const QString labels = m_runner.path(QStringLiteral("labels"));
        QCOMPARE(m_runner.run(words + QStringList{"--labels", labels}).status, 0);
        const std::string bytes = readFile(out.toStdString());
        QVERIFY(bytes.find("'<i4'") != std::string::npos && bytes.find("'shape': (2, 8)") != std::string::npos);
        std::vector<int32_t> tokens(16);
        std::memcpy(tokens.data(), bytes.data() + bytes.size() - 64, 64);
        std::vector<int32_t> expected(set.tokensOf(3).begin(), set.tokensOf(3).end());
        expected.insert(expected.end(), set.tokensOf(17).begin(), set.tokensOf(17).end());
        QCOMPARE(tokens, expected);
        // Every code of a clip is in its label track, and nothing else.
        std::set<std::string> codes, labelled;
        for (const int32_t token : set.tokensOf(3))
            if (token != silentToken)
                codes.insert(std::to_string(token));
        const std::string track = readFile((labels.toStdString() + "/") + set.clips[3] + ".txt");
        for (const QString& line : QString::fromStdString(track).split(u'\n', Qt::SkipEmptyParts))
            if (!line.startsWith(u'\\'))
                labelled.insert(line.section(u'\t', 2).toStdString());
        QCOMPARE(labelled, codes);
    }

    void wrongUsageIsSaid()
    {
        QCOMPARE(m_runner.run({"tokens", "fit", m_dataset}).status, 2);
        const CommandResult key = fit(m_codebook, {"--set", "colour=3"});
        QCOMPARE(key.status, 2);
        QVERIFY(key.errors.contains(QLatin1String("colour")));
        const CommandResult patch = fit(m_codebook, {"--set", "patch_mels=64"});
        QCOMPARE(patch.status, 1);
        QVERIFY(patch.errors.contains(QLatin1String("64")));
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
