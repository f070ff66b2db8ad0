// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "weights/WeightIdentity.h"

#include <QtTest>

#include <sstream>

using namespace melscope;
namespace fs = std::filesystem;

class TestWeightIdentity : public QObject
{
    Q_OBJECT

private:
    fs::path m_shared;

    static WeightFile fileOf(const std::vector<std::pair<std::string, std::vector<int64_t>>>& shapes, const std::string& prefix = {})
    {
        WeightFile file;
        for (const auto& [name, shape] : shapes)
            file.tensors.push_back({.name = prefix + name, .shape = shape, .strides = rowMajorStrides(shape)});
        return file;
    }

    /// Lines of name TAB 64x3x7x7 (TAB more).
    static std::vector<std::pair<std::string, std::vector<int64_t>>> keysOf(const fs::path& path)
    {
        std::vector<std::pair<std::string, std::vector<int64_t>>> keys;
        std::istringstream lines(readFile(path));
        for (std::string line; std::getline(lines, line);) {
            const QStringList fields = QString::fromStdString(line).split(u'\t');
            std::vector<int64_t> shape;
            if (!fields[1].isEmpty() && fields[1] != QLatin1String("scalar"))
                for (const QString& size : fields[1].split(u'x'))
                    shape.push_back(size.toLongLong());
            keys.emplace_back(fields[0].toStdString(), shape);
        }
        return keys;
    }

    static bool mentions(const WeightIdentity& identity, const char* words)
    {
        for (const std::string& warning : identity.warnings)
            if (warning.find(words) != std::string::npos)
                return true;
        return false;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_shared = qEnvironmentVariable("MELSCOPE_SHARED").toStdString();
        if (!fs::exists(m_shared / "reference"))
            QSKIP("The reference files are not there (MELSCOPE_SHARED).");
    }

    void referenceFilesAreKnown_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("naming");
        QTest::addColumn<int>("classes");
        QTest::addColumn<int>("tensors");
        const auto row = [](const char* name, const char* architecture, const char* naming, int classes, int tensors) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(architecture) << QString::fromLatin1(naming) << classes << tensors;
        };
        row("reference/beats_tiny.pt", "beats", "BEATs", 0, 70);
        row("reference/beats_tiny_legacy.pt", "beats", "BEATs", 0, 70);
        row("reference/beats_tiny_finetuned.pt", "beats-finetuned", "BEATs", 527, 72);
        row("reference/beats_tokenizer_tiny.pt", "beats-tokenizer", "BEATs", 0, 79);
        row("reference/efficientnet_b0.pth", "efficientnet-b0", "torchvision", 1000, 360);
        row("weights/efficientnet-lite0-57934424.pth", "efficientnet-lite0", "lukemelas", 1000, 296);
        row("reference/mel.pt", "", "", 0, 36);
    }

    void referenceFilesAreKnown()
    {
        QFETCH(QString, name);
        QFETCH(QString, architecture);
        QFETCH(QString, naming);
        QFETCH(int, classes);
        QFETCH(int, tensors);
        const fs::path path = m_shared / name.toStdString();
        const WeightFile file = readWeightFile(path, WeightNumbers::CheckOnly);
        const WeightIdentity identity = identifyWeights(file, path, sha256OfFile(path));
        QCOMPARE(QString::fromStdString(identity.architecture), architecture);
        QCOMPARE(QString::fromStdString(identity.naming), naming);
        QCOMPARE(identity.classes, int64_t(classes));
        QCOMPARE(file.tensors.size(), static_cast<size_t>(tensors));
        QVERIFY2(identity.warnings.empty(), identity.warnings.empty() ? "" : identity.warnings.front().c_str());
        QVERIFY(!identity.use.empty() && !identity.title.empty());
    }

    void namesAndShapesAreThoseOfTheKeyLists()
    {
        for (const auto& [file, keys] : {std::pair("reference/efficientnet_b0.pth", "reference/efficientnet_b0.keys.tsv"),
                                         std::pair("weights/efficientnet-lite0-57934424.pth", "weights/efficientnet_lite0.keys.tsv")}) {
            const WeightFile read = readWeightFile(m_shared / file, WeightNumbers::CheckOnly);
            const auto expected = keysOf(m_shared / keys);
            QCOMPARE(read.tensors.size(), expected.size());
            for (size_t i = 0; i < expected.size(); ++i) {
                QCOMPARE(read.tensors[i].name, expected[i].first);
                QCOMPARE(read.tensors[i].shape, expected[i].second);
            }
        }
    }

    void theReleaseIsVouchedForByItsDigest()
    {
        const fs::path path = m_shared / "weights" / "efficientnet-lite0-57934424.pth";
        const WeightFile file = readWeightFile(path, WeightNumbers::CheckOnly);
        const std::string digest = sha256OfFile(path);
        const WeightIdentity identity = identifyWeights(file, path, digest);
        QCOMPARE(identity.parameters, int64_t(4'652'008));
        QCOMPARE(identity.release, std::string("efficientnet-lite0-57934424.pth"));
        QCOMPARE(identity.origin, WeightOrigin::ImageNet);
        QCOMPARE(identity.methods, (std::vector<std::string>{"efficientnet-b0"}));
        const WeightIdentity renamed = identifyWeights(file, "mine.pth", digest);
        QCOMPARE(renamed.release, identity.release);
        const WeightIdentity changed = identifyWeights(file, path, "0" + digest.substr(1));
        QVERIFY(changed.release.empty());
        QCOMPARE(changed.origin, WeightOrigin::Unknown);
        QVERIFY(mentions(changed, "promises a SHA-256 that begins with 57934424, but it begins with 07934424"));
    }

    void aReleasesNameAloneProvesNothing()
    {
        const WeightFile file = readWeightFile(m_shared / "reference" / "beats_tiny.pt", WeightNumbers::CheckOnly);
        const std::string digest(64, '1');
        QVERIFY(mentions(identifyWeights(file, "BEATs_iter3_plus_AS2M.pt", digest), "not its SHA-256"));
        QVERIFY(mentions(identifyWeights(file, "BEATs_iter1.pt", digest), "not on record"));
        QVERIFY(identifyWeights(file, "BEATs_mine.pt", digest).warnings.empty());
        const WeightIdentity release = identifyWeights(file, "x.pt", "d43cbfad4d7b56381c061d7a24774f908d4d94c72961f6eb1d9090ff18cd8d34");
        QCOMPARE(release.release, std::string("BEATs_iter3_plus_AS2M.pt"));
        QCOMPARE(release.origin, WeightOrigin::AudioSetSelfSupervised);
    }

    void beatsKeepsItsConfiguration()
    {
        const WeightFile zip = readWeightFile(m_shared / "reference" / "beats_tiny.pt");
        const WeightFile legacy = readWeightFile(m_shared / "reference" / "beats_tiny_legacy.pt");
        QCOMPARE(zip.metadata["cfg"]["encoder_layers"], 3);
        QCOMPARE(zip.metadata["cfg"]["encoder_embed_dim"], 48);
        QCOMPARE(zip.metadata["cfg"]["deep_norm"], true);
        QCOMPARE(zip.metadata["cfg"]["encoder_layerdrop"], 0.05);
        QCOMPARE(legacy.metadata, zip.metadata);
        QCOMPARE(legacy.tensors.size(), zip.tensors.size());
        for (size_t i = 0; i < zip.tensors.size(); ++i) {
            QCOMPARE(legacy.tensors[i].name, zip.tensors[i].name);
            std::vector<std::byte> a(static_cast<size_t>(zip.tensors[i].byteSize()));
            std::vector<std::byte> b(a.size());
            copyElements(zip.tensors[i], a.data());
            copyElements(legacy.tensors[i], b.data());
            QVERIFY(a == b);
        }
        const WeightFile finetuned = readWeightFile(m_shared / "reference" / "beats_tiny_finetuned.pt");
        QCOMPARE(finetuned.metadata["label_dict"].size(), size_t(527));
    }

    void prefixesAreSeenThrough()
    {
        const auto keys = keysOf(m_shared / "reference" / "resnet34.keys.tsv");
        for (const std::string prefix : {"", "module.", "model.encoder.", "beats."}) {
            const WeightIdentity identity = identifyWeights(fileOf(keys, prefix), "x.pt", "");
            QCOMPARE(identity.architecture, std::string("resnet34"));
            QCOMPARE(identity.prefix, prefix);
            QCOMPARE(identity.inputChannels, int64_t(3));
            QCOMPARE(identity.parameters, int64_t(21'797'672)); // torchvision's own figure
        }
        WeightFile with = fileOf(keys, "backbone.");
        with.tensors.push_back({.name = "head.weight", .shape = {5}, .strides = {1}});
        const WeightIdentity identity = identifyWeights(with, "x.pt", "");
        QCOMPARE(identity.parameters, int64_t(21'797'672));
        QVERIFY(mentions(identity, "1 tensors"));
    }

    void relativesAreNotMistaken()
    {
        auto keys = keysOf(m_shared / "reference" / "resnet34.keys.tsv");
        keys.push_back({"layer3.6.conv1.weight", {256, 256, 3, 3}});
        QVERIFY(identifyWeights(fileOf(keys), "x.pt", "").architecture.empty());
        auto wide = keysOf(m_shared / "reference" / "efficientnet_b0.keys.tsv");
        for (auto& [name, shape] : wide)
            if (name == "features.8.0.weight")
                shape[0] = 1536;
        QVERIFY(identifyWeights(fileOf(wide), "x.pt", "").architecture.empty());
    }

    void timmsNamesAreKnown()
    {
        using Shapes = std::vector<std::pair<std::string, std::vector<int64_t>>>;
        Shapes keys = {{"conv_stem.weight", {32, 3, 3, 3}}, {"blocks.0.0.conv_dw.weight", {32, 1, 3, 3}},
                       {"blocks.6.0.conv_pwl.weight", {320, 1152, 1, 1}}, {"conv_head.weight", {1280, 320, 1, 1}}, {"classifier.weight", {1000, 1280}}};
        QCOMPARE(identifyWeights(fileOf(keys), "x.pt", "").architecture, std::string("efficientnet-lite0"));
        keys.push_back({"blocks.0.0.se.conv_reduce.weight", {8, 32, 1, 1}});
        const WeightIdentity b0 = identifyWeights(fileOf(keys), "x.pt", "");
        QCOMPARE(b0.architecture, std::string("efficientnet-b0"));
        QCOMPARE(b0.naming, std::string("timm"));
    }

    void promisedDigests()
    {
        QCOMPARE(digestPromisedBy("resnet34-b627a593.pth"), std::string("b627a593"));
        for (const char* name : {"resnet34.pth", "resnet34-b627a59.pth", "resnet34-b627a5933.pth", "resnet34-b627a59g.pth", "b627a593"})
            QVERIFY(digestPromisedBy(name).empty());
        QVERIFY(isNamedLikeBeats("Tokenizer_iter3_plus_AS2M.pt"));
        QVERIFY(!isNamedLikeBeats("BEATs_iter4.pt"));
    }
};

QTEST_GUILESS_MAIN(TestWeightIdentity)
#include "tst_weight_identity.moc"
