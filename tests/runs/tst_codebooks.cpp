// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "runs/RunCodebooks.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
namespace fs = std::filesystem;

class TestCodebooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundsAreFoundInOrderAndNothingElse()
    {
        const QTemporaryDir temporary;
        const fs::path folder(temporary.path().toStdString());
        const fs::path codebooks = folder / "runs" / "aaaaaaaa" / "codebooks";
        for (const char* name : {"fold10-round1.safetensors", "fold2-round2.safetensors", "fold2-round1.safetensors", "fold2-round3.safetensors.part", "notes.txt"})
            writeFileAtomically(codebooks / name, "x");
        const fs::path kept = folder / "runs" / "aaaaaaaa" / "checkpoints" / "fold2" / "masked-2" / "epochs";
        for (const char* name : {"10/state.json", "4/state.json", "6/weights-60.safetensors", "notes/state.json"}) // 6: was being written
            writeFileAtomically(kept / name, "x");
        const std::vector<RunRecord> runs{{.id = "bbbbbbbb", .name = "no codebooks"}, {.id = "aaaaaaaa", .name = "bold-owl-3"}};
        const std::vector<RunCodebook> found = findCodebooks(folder, runs);
        const auto expected = [&](int fold, int round, const std::vector<int>& epochs = {}) {
            const std::string name = "fold" + std::to_string(fold) + "-round" + std::to_string(round) + ".safetensors";
            return RunCodebook{.run = "aaaaaaaa", .runName = "bold-owl-3", .fold = fold, .round = round, .file = codebooks / name, .epochs = epochs};
        };
        QVERIFY(found == (std::vector{expected(2, 1), expected(2, 2, {4, 10}), expected(10, 1)}));
    }
};

QTEST_APPLESS_MAIN(TestCodebooks)
#include "tst_codebooks.moc"
