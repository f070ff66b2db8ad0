// SPDX-License-Identifier: GPL-3.0-or-later
// What tensors are called in other people's files, and what a BEATs checkpoint says of its architecture.
#include "base/Error.h"
#include "base/Files.h"
#include "nn/EfficientNetNames.h"
#include "weights/BeatsConfig.h"

#include <QtTest>

#include <set>
#include <sstream>

using namespace melscope;
using enum EfficientNetNaming;
namespace fs = std::filesystem;

namespace {

/// Name -> shape as written, of a list of keys in the shared folder; empty where that is absent.
std::map<std::string, std::string> readKeys(const char* path)
{
    const char* shared = std::getenv("MELSCOPE_SHARED");
    const fs::path file = fs::path(shared ? shared : "") / path;
    std::map<std::string, std::string> keys;
    if (!fs::exists(file))
        return keys;
    std::istringstream lines(readFile(file));
    for (std::string line; std::getline(lines, line);) {
        const size_t tab = line.find('\t');
        keys[line.substr(0, tab)] = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
    }
    return keys;
}

/// The shapes of a small BEATs model.
TensorShapes beatsShapes()
{
    TensorShapes shapes = {{"patch_embedding.weight", {32, 1, 16, 16}}, {"encoder.layer_norm.weight", {48}},
                           {"encoder.pos_conv.0.weight_v", {48, 3, 128}}};
    for (int layer = 0; layer < 3; ++layer) {
        const std::string prefix = "encoder.layers." + std::to_string(layer) + ".";
        shapes[prefix + "fc1.weight"] = {96, 48};
        shapes[prefix + "self_attn.relative_attention_bias.weight"] = {320, 4};
    }
    return shapes;
}

ErrorKind kindOf(const Json& cfg, const TensorShapes& shapes)
{
    try {
        BeatsConfig::of(cfg, shapes);
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::Internal;
}

} // namespace

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownTensorsAreRenamed_data()
    {
        QTest::addColumn<QString>("torchvision");
        QTest::addColumn<QString>("timm");
        QTest::addColumn<QString>("lukemelas");
        const auto row = [](const char* torchvision, const char* timm, const char* lukemelas) {
            QTest::newRow(timm) << torchvision << timm << lukemelas;
        };
        row("features.0.0.weight", "conv_stem.weight", "_conv_stem.weight");
        row("features.0.1.bias", "bn1.bias", "_bn0.bias");
        row("features.1.0.block.0.0.weight", "blocks.0.0.conv_dw.weight", "_blocks.0._depthwise_conv.weight");
        row("features.1.0.block.0.1.running_mean", "blocks.0.0.bn1.running_mean", "_blocks.0._bn1.running_mean");
        row("features.1.0.block.1.fc1.bias", "blocks.0.0.se.conv_reduce.bias", "_blocks.0._se_reduce.bias");
        row("features.1.0.block.2.0.weight", "blocks.0.0.conv_pw.weight", "_blocks.0._project_conv.weight");
        row("features.2.0.block.0.0.weight", "blocks.1.0.conv_pw.weight", "_blocks.1._expand_conv.weight");
        row("features.2.1.block.2.fc2.weight", "blocks.1.1.se.conv_expand.weight", "_blocks.2._se_expand.weight");
        row("features.7.0.block.3.0.weight", "blocks.6.0.conv_pwl.weight", "_blocks.15._project_conv.weight");
        row("features.7.0.block.3.1.num_batches_tracked", "blocks.6.0.bn3.num_batches_tracked", "_blocks.15._bn2.num_batches_tracked");
        row("features.8.1.weight", "bn2.weight", "_bn1.weight");
        row("classifier.1.bias", "classifier.bias", "_fc.bias");
    }
    void knownTensorsAreRenamed()
    {
        QFETCH(QString, torchvision);
        QFETCH(QString, timm);
        QFETCH(QString, lukemelas);
        const std::array names = {torchvision.toStdString(), timm.toStdString(), lukemelas.toStdString()};
        for (const EfficientNetNaming from : {Torchvision, Timm, Lukemelas}) {
            const std::string& name = names[static_cast<size_t>(from)];
            QVERIFY(efficientNetNaming(name) == from);
            for (const EfficientNetNaming to : {Torchvision, Timm, Lukemelas})
                QCOMPARE(renamed(name, from, to), names[static_cast<size_t>(to)]);
        }
    }

    void strangersHaveNoName()
    {
        for (const char* name : {"conv1.weight", "features", "features.9.0.weight", "blocks.0.1.conv_dw.weight", "_blocks.16._bn2.bias", ""}) {
            QVERIFY(!efficientNetNaming(name));
            QVERIFY(!renamed(name, Timm, Torchvision));
        }
    }

    void everyTensorOfLite0IsOneOfB0WithTheSameShape()
    {
        const auto lite = readKeys("weights/efficientnet_lite0.keys.tsv");
        auto b0 = readKeys("reference/efficientnet_b0.keys.tsv");
        if (lite.empty() || b0.empty())
            QSKIP("The lists of keys are not there (MELSCOPE_SHARED).");
        QCOMPARE(b0.size(), size_t(360));
        for (const auto& [name, shape] : lite) {
            const auto own = renamed(name, Lukemelas, Torchvision);
            QVERIFY2(own, name.c_str());
            QVERIFY2(b0.contains(*own), own->c_str());
            QCOMPARE(b0.at(*own), shape);
            b0.erase(*own);
        }
        // What is left is squeeze-and-excitation: two layers of weight and bias in each of 16 blocks.
        QCOMPARE(b0.size(), size_t(64));
        for (const auto& [name, shape] : b0)
            QVERIFY2(name.find(".fc1.") != std::string::npos || name.find(".fc2.") != std::string::npos, name.c_str());
    }

    void renamingIsOneToOne()
    {
        const auto b0 = readKeys("reference/efficientnet_b0.keys.tsv");
        if (b0.empty())
            QSKIP("The list of keys is not there (MELSCOPE_SHARED).");
        for (const EfficientNetNaming other : {Timm, Lukemelas}) {
            std::set<std::string> seen;
            for (const auto& [name, shape] : b0) {
                const auto there = renamed(name, Torchvision, other);
                QVERIFY2(there && seen.insert(*there).second, name.c_str());
                QVERIFY(efficientNetNaming(*there) == other);
                QCOMPARE(renamed(*there, other, Torchvision), name);
            }
        }
    }

    void beatsIsInferredFromShapes()
    {
        const BeatsConfig expected = {.patchDim = 32, .layers = 3, .dim = 48, .feedForwardDim = 96, .heads = 4};
        QVERIFY(BeatsConfig::of(nullptr, beatsShapes()) == expected);

        TensorShapes shapes = beatsShapes();
        shapes["predictor.weight"] = {527, 48};
        QCOMPARE(BeatsConfig::of(nullptr, shapes).predictorClasses, int64_t(527));
        shapes["quantize.embedding.weight"] = {64, 24};
        QCOMPARE(BeatsConfig::of(nullptr, shapes).codes, int64_t(64));
        QCOMPARE(BeatsConfig::of(nullptr, shapes).codeDim, int64_t(24));
    }

    void cfgSaysWhatShapesCannot()
    {
        const Json cfg = {{"encoder_layers", 3}, {"max_distance", 1280}, {"deep_norm", false}, {"encoder_layerdrop", 0.1}, {"conv_pos", 128}};
        const BeatsConfig config = BeatsConfig::of(cfg, beatsShapes());
        QCOMPARE(config.maxDistance, int64_t(1280));
        QVERIFY(!config.deepNorm);
        QCOMPARE(config.layerDrop, 0.1);
    }

    void badCheckpointsAreRefused()
    {
        QVERIFY(kindOf(nullptr, {}) == ErrorKind::Format);
        QVERIFY(kindOf({{"encoder_layers", 12}}, beatsShapes()) == ErrorKind::Format);
        QVERIFY(kindOf({{"max_distance", "far"}}, beatsShapes()) == ErrorKind::Format);
        QVERIFY(kindOf({{"max_distance", 80}}, beatsShapes()) == ErrorKind::Format);
        QVERIFY(kindOf({{"encoder_layerdrop", 1.0}}, beatsShapes()) == ErrorKind::Format);
        QVERIFY(kindOf({{"layer_norm_first", true}}, beatsShapes()) == ErrorKind::Unsupported);
        QVERIFY(kindOf({{"activation_fn", "glu"}}, beatsShapes()) == ErrorKind::Unsupported);
        TensorShapes shapes = beatsShapes();
        shapes["encoder.layers.0.self_attn.relative_attention_bias.weight"] = {320, 5};
        QVERIFY(kindOf(nullptr, shapes) == ErrorKind::Format);
        shapes = beatsShapes();
        shapes["encoder.pos_conv.0.weight_v"] = {48, 0, 128};
        QVERIFY(kindOf(nullptr, shapes) == ErrorKind::Format);
        shapes["encoder.pos_conv.0.weight_v"] = {};
        QVERIFY(kindOf(nullptr, shapes) == ErrorKind::Format);
    }

    void prefixesOfWrappersAreFound()
    {
        QCOMPARE(beatsPrefix(beatsShapes()), std::string());
        for (const std::string prefix : {"module.", "model.beats.", "encoder."}) {
            TensorShapes wrapped;
            for (const auto& [name, shape] : beatsShapes())
                wrapped[prefix + name] = shape;
            QCOMPARE(beatsPrefix(wrapped), prefix);
        }
        QVERIFY_EXCEPTION_THROWN(beatsPrefix({{"fc.weight", {10, 512}}}), Error);
    }

    void aConfigurationSurvivesItsCfg()
    {
        const BeatsConfig config{.patch = 8, .patchDim = 32, .patchBias = true, .layers = 3, .dim = 48, .feedForwardDim = 96, .heads = 4,
                                 .positionTaps = 64, .positionGroups = 8, .buckets = 64, .maxDistance = 100, .deepNorm = false,
                                 .layerDrop = 0.1, .predictorClasses = 5, .codes = 6, .codeDim = 7};
        QVERIFY(BeatsConfig::fromCfg(config.toCfg()) == config);
        QVERIFY(BeatsConfig::fromCfg(config.toCfg()) != BeatsConfig());
        Json incomplete = config.toCfg();
        incomplete.erase("max_distance");
        QVERIFY_EXCEPTION_THROWN(BeatsConfig::fromCfg(incomplete), Error);
        Json hostile = config.toCfg();
        hostile["encoder_attention_heads"] = 0;
        QVERIFY_EXCEPTION_THROWN(BeatsConfig::fromCfg(hostile), Error);
    }
};

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
