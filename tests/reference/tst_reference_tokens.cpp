// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "engine/BeatsTokenizer.h"
#include "nn/Torch.h"
#include "support/ErrorOf.h"

#include <QtTest>

using namespace melscope;
namespace fs = std::filesystem;

/// The engine's BEATs tokens against those of the official implementation.
class TestReferenceTokens : public QObject
{
    Q_OBJECT

private:
    fs::path m_folder;
    std::vector<SharedValues> m_grids;
    torch::Tensor m_expected;

private Q_SLOTS:
    void initTestCase()
    {
        const char* shared = std::getenv("MELSCOPE_SHARED");
        m_folder = fs::path(shared ? shared : "") / "reference";
        if (!fs::exists(m_folder / "beats_expected.pt"))
            QSKIP("The reference values are not there (MELSCOPE_SHARED).");
        const std::string bytes = readFile(m_folder / "beats_expected.pt");
        const auto values = torch::pickle_load({bytes.begin(), bytes.end()}).toGenericDict();
        m_expected = values.at("tokens").toTensor();
        for (const torch::Tensor& fbank : values.at("fbank_normalised").toTensor().unbind(0)) {
            const torch::Tensor grid = fbank.t().contiguous();
            m_grids.push_back(shareValues({grid.data_ptr<float>(), grid.data_ptr<float>() + grid.numel()}));
        }
    }

    void tokensAgree()
    {
        const BeatsTokens tokens = beatsTokens(m_folder / "beats_tokenizer_tiny.pt", m_grids, FrontEnd::preset("beats"), [](int, int) { return true; });
        QCOMPARE(tokens.clips.size(), size_t(2));
        QCOMPARE(tokens.patch, (PatchShape{.mels = 16, .frames = 16}));
        int64_t different = 0;
        for (size_t clip = 0; clip < 2; ++clip)
            for (size_t token = 0; token < 248; ++token) {
                different += tokens.clips[clip].tokens[token] != m_expected[static_cast<int64_t>(clip * 248 + token)].item<int64_t>();
                QVERIFY(tokens.clips[clip].distances[token] >= 0.0f && tokens.clips[clip].distances[token] <= 2.0f);
            }
        QVERIFY2(different <= 2, qPrintable(QString::number(different))); // ties
    }

    void otherModelsAreRefused()
    {
        const auto error = test::errorOf([&] {
            beatsTokens(m_folder / "beats_tiny.pt", m_grids, FrontEnd::preset("beats"), [](int, int) { return true; });
        });
        QVERIFY(error && error->kind() == ErrorKind::Unsupported);
    }

    void givingUpIsCancelled()
    {
        const auto error = test::errorOf([&] {
            beatsTokens(m_folder / "beats_tokenizer_tiny.pt", m_grids, FrontEnd::preset("beats"), [](int, int) { return false; });
        });
        QVERIFY(error && error->kind() == ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestReferenceTokens)
#include "tst_reference_tokens.moc"
