// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "base/RandomStream.h"
#include "support/ErrorOf.h"
#include "support/TinyFrontEnd.h"
#include "tokens/TokenFitting.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;

/// Eight clips of 8 x 16, four of each class: a loud lower or upper half with a little noise, then digital silence.
class TestTokenSets : public QObject
{
    Q_OBJECT

private:
    static constexpr int mels = 8;
    static constexpr int frames = 16;

    std::vector<float> m_values;
    Dataset m_dataset{.name = "halves", .classes = {"low", "high"}, .folds = {1, 2}};

    ClipSource source(int* asked = nullptr) const
    {
        return {.grid = [this, asked](int clip) {
            if (asked && m_dataset.clips[static_cast<size_t>(clip)].fold == 2)
                ++*asked;
            return SharedValues{.values = std::span(m_values).subspan(static_cast<size_t>(clip * mels * frames), mels * frames)};
        }};
    }

    static TokenSettings settings()
    {
        return {.frontEnd = tinyFrontEnd(mels, frames), .codes = 2, .patch = {.mels = 4, .frames = 4}, .seed = 1};
    }

    std::vector<int> training() const
    {
        std::vector<int> clips;
        for (int clip = 0; clip < 8; ++clip)
            if (m_dataset.clips[static_cast<size_t>(clip)].fold == 1)
                clips.push_back(clip);
        return clips;
    }

    TokenSet fitted() const
    {
        return tokenizeDataset(fitTokenizer(settings(), source(), training(), 2), m_dataset, source(), 2, 2);
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::vector<float> noise(8 * mels * frames);
        RandomStream({.seed = 3}).normals(noise);
        for (int clip = 0; clip < 8; ++clip) {
            m_dataset.clips.push_back({.name = std::to_string(clip) + ".wav", .label = clip % 2, .fold = clip < 6 ? 1 : 2});
            for (int mel = 0; mel < mels; ++mel)
                for (int frame = 0; frame < frames; ++frame) {
                    const bool loud = (mel < 4) == (clip % 2 == 0);
                    m_values.push_back(frame >= 12 ? -80.0f : (loud ? 0.0f : -40.0f) + noise[m_values.size()]);
                }
        }
    }

    void codesTellLoudFromQuiet()
    {
        const TokenSet set = fitted();
        QCOMPARE(set.layout.rows, 2);
        QCOMPARE(set.layout.columns, 4);
        const int32_t loud = set.tokensOf(0)[0];
        for (int clip = 0; clip < 8; ++clip)
            for (int token = 0; token < 8; ++token) {
                const bool isLoud = (set.layout.rowOf(token) == 0) == (clip % 2 == 0);
                const int32_t expected = set.layout.columnOf(token) == 3 ? silentToken : isLoud ? loud : 1 - loud;
                QCOMPARE(set.tokensOf(clip)[static_cast<size_t>(token)], expected);
            }
        // Standardised, loud and quiet are one deviation to either side, but for the noise.
        QVERIFY(std::ranges::all_of(set.meanPatch(loud), [](float value) { return std::abs(value - 1.0f) < 0.1f; }));
        QVERIFY(std::ranges::all_of(set.meanPatch(1 - loud), [](float value) { return std::abs(value + 1.0f) < 0.1f; }));
    }

    void centroidsAreTheMeansOfTheirPatches()
    {
        TokenSettings all = settings();
        all.iterations = 100;
        const std::vector<int> clips{0, 1, 2, 3, 4, 5, 6, 7};
        const TokenSet set = tokenizeDataset(fitTokenizer(all, source(), clips, 1), m_dataset, source(), std::nullopt, 1);
        const std::vector<float>& centroids = set.tokenizer.codebook.vectors;
        for (size_t i = 0; i < centroids.size(); ++i)
            QVERIFY(std::abs(centroids[i] - set.meanPatches[i]) < 1e-4f);
    }

    void theHeldOutFoldIsNotLookedAt()
    {
        int asked = 0;
        fitTokenizer(settings(), source(&asked), training(), 1);
        QCOMPARE(asked, 0);
        // Whatever is in it, the tokenizer stays the same.
        TestTokenSets other;
        other.initTestCase();
        std::fill(other.m_values.begin() + 6 * mels * frames, other.m_values.end(), 30.0f);
        QVERIFY(fitTokenizer(settings(), other.source(), training(), 1) == fitted().tokenizer);
    }

    void threadsDoNotMatter()
    {
        const Tokenizer one = fitTokenizer(settings(), source(), training(), 1);
        QVERIFY(fitTokenizer(settings(), source(), training(), 3) == one);
        QVERIFY(tokenizeDataset(one, m_dataset, source(), 2, 1) == tokenizeDataset(one, m_dataset, source(), 2, 3));
    }

    void filesGiveBackWhatWasWritten_data()
    {
        QTest::addColumn<bool>("projection");
        QTest::newRow("k-means") << false;
        QTest::newRow("random projection") << true;
    }

    void filesGiveBackWhatWasWritten()
    {
        QFETCH(bool, projection);
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("tokens.safetensors")).toStdString();
        TokenSettings chosen = settings();
        chosen.kind = projection ? Codebook::Kind::RandomProjection : Codebook::Kind::KMeans;
        const TokenSet set = tokenizeDataset(fitTokenizer(chosen, source(), training(), 1), m_dataset, source(), 2, 1);
        writeTokenSet(path, set);
        QVERIFY(readTokenSet(path) == set);
    }

    void damagedFilesAreRefused()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("tokens.safetensors")).toStdString();
        writeTokenSet(path, fitted());
        const std::string whole = readFile(path);
        const auto kindOf = [&](const std::string& bytes) {
            writeFileAtomically(path, bytes);
            const auto error = test::errorOf([&] { readTokenSet(path); });
            return error && std::string(error->what()).find(path.string()) != std::string::npos ? std::optional(error->kind()) : std::nullopt;
        };
        const auto with = [&](const std::string& from, const std::string& to) {
            std::string bytes = whole;
            bytes.replace(bytes.find(from), from.size(), to);
            return bytes;
        };
        QVERIFY(kindOf(whole.substr(0, whole.size() - 5)));
        QCOMPARE(kindOf(with("melscope_tokens", "melscope_tokenz")), ErrorKind::Format);
        QCOMPARE(kindOf(with("\\\"codes\\\":2", "\\\"codes\\\":7")), ErrorKind::Format);
        QCOMPARE(kindOf(with("\\\"dim\\\":16", "\\\"dim\\\":61")), ErrorKind::Format);
        QCOMPARE(kindOf(with("\\\"patch\\\":[4,4]", "\\\"patch\\\":[4,0]")), ErrorKind::Format);
        QCOMPARE(kindOf(with("k-means\\\",\\\"codes", "k-meanz\\\",\\\"codes")), ErrorKind::Format);
        TokenSet wrong = fitted();
        wrong.tokens[3] = 2;
        writeTokenSet(path, wrong);
        QVERIFY(test::errorOf([&] { readTokenSet(path); }));
        QCOMPARE(kindOf(whole), std::nullopt);
    }

    void silenceAloneIsRefused()
    {
        TestTokenSets quiet;
        quiet.initTestCase();
        std::ranges::fill(quiet.m_values, -80.0f);
        const auto error = test::errorOf([&] { fitTokenizer(settings(), quiet.source(), training(), 1); });
        QVERIFY(error && error->kind() == ErrorKind::Empty);
    }

    void aRefinedCodebookNeedsItsModel()
    {
        Tokenizer tokenizer = fitted().tokenizer;
        tokenizer.codebook.kind = Codebook::Kind::Refined;
        const auto error = test::errorOf([&] { tokenizeDataset(tokenizer, m_dataset, source(), 2, 1); });
        QVERIFY(error && error->kind() == ErrorKind::Unsupported);
        // Given the features it works, and leaves silence out.
        const std::vector<float> features(2 * 16, 1.0f);
        const ClipTokens tokens = ClipTokenizer(tokenizer).tokensOfFeatures(features, {false, true});
        QCOMPARE(tokens.tokens[1], silentToken);
        QVERIFY(tokens.tokens[0] >= 0);
    }

    void aClipThatCannotBeReadIsSilent()
    {
        ClipSource broken = source();
        broken.usable = [](int clip) { return clip != 1; };
        const TokenSet set = tokenizeDataset(fitted().tokenizer, m_dataset, broken, 2, 1);
        QVERIFY(std::ranges::all_of(set.tokensOf(1), [](int32_t token) { return token == silentToken; }));
        QVERIFY(set.tokensOf(2)[0] >= 0);
    }
};

QTEST_GUILESS_MAIN(TestTokenSets)
#include "tst_token_sets.moc"
