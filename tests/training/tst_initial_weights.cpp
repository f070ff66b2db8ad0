// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"
#include "support/ErrorOf.h"
#include "training/InitialWeights.h"
#include "weights/WeightIdentity.h"

#include <QtTest>

using namespace melscope;
using melscope::test::errorOf;
namespace fs = std::filesystem;

class TestInitialWeights : public QObject
{
    Q_OBJECT

private:
    static WeightIdentity lite0()
    {
        return {.architecture = "efficientnet-lite0", .title = "EfficientNet-Lite0", .naming = "lukemelas", .sha256 = "57934424",
                .release = "efficientnet-lite0-57934424.pth", .origin = WeightOrigin::ImageNet, .methods = {"efficientnet-b0"}};
    }

private Q_SLOTS:
    void recordWhatTheFileWasFoundToBe()
    {
        const InitialWeights weights = initialWeights(lite0(), "/w/mine.pth", "efficientnet-b0");
        QCOMPARE(weights, (InitialWeights{.file = "/w/mine.pth", .sha256 = "57934424", .name = "efficientnet-lite0-57934424.pth",
                                          .architecture = "efficientnet-lite0", .naming = "lukemelas", .trainedOn = "ImageNet"}));
        WeightIdentity unknown = lite0();
        unknown.release.clear();
        unknown.origin = WeightOrigin::Unknown;
        const InitialWeights own = initialWeights(unknown, "mine.pth", "efficientnet-b0");
        QCOMPARE(own.name, "mine.pth");
        QCOMPARE(own.trainedOn, "unknown");
        QVERIFY(own.file.is_absolute());
    }

    void aMethodTakesOnlyItsOwn()
    {
        WeightIdentity beats = lite0();
        beats.title = "BEATs, pretrained";
        beats.methods = {"beats-frozen"};
        const Error other = errorOf([&] { initialWeights(beats, "/w/beats.pt", "efficientnet-b0"); }).value();
        QCOMPARE(other.kind(), ErrorKind::Unsupported);
        for (const char* part : {"EfficientNet-B0", "/w/beats.pt", "BEATs, pretrained"})
            QVERIFY2(std::string(other.what()).find(part) != std::string::npos, other.what());
        const Error scratch = errorOf([] { initialWeights(lite0(), "/w/b0.pth", "resnet34"); }).value();
        QVERIFY2(std::string(scratch.what()).find("from scratch") != std::string::npos, scratch.what());
    }

    void aChangedOrMissingFileIsNoticed()
    {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath(QStringLiteral("w.pth")).toStdString();
        writeFileAtomically(file, "weights");
        const InitialWeights weights{.file = file, .sha256 = sha256("weights")};
        requireUnchanged(weights);
        writeFileAtomically(file, "other weights");
        const Error changed = errorOf([&] { requireUnchanged(weights); }).value();
        QCOMPARE(changed.kind(), ErrorKind::InvalidValue);
        QCOMPARE(changed.path(), file);
        QVERIFY2(std::string(changed.what()).find(sha256("other weights").substr(0, 8)) != std::string::npos, changed.what());
        fs::remove(file);
        QCOMPARE(errorOf([&] { requireUnchanged(weights); }).value().kind(), ErrorKind::Missing);
    }
};

QTEST_APPLESS_MAIN(TestInitialWeights)
#include "tst_initial_weights.moc"
