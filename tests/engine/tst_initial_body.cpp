// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "engine/InitialBody.h"
#include "engine/TinyFold.h"
#include "nn/EfficientNet.h"
#include "nn/WeightConversion.h"
#include "support/ErrorOf.h"
#include "weights/TorchZip.h"

#include <QtTest>

using namespace melscope;
using melscope::test::errorOf;
namespace fs = std::filesystem;

class TestInitialBody : public QObject
{
    Q_OBJECT

private:
    static Recipe startingFrom(const fs::path& file)
    {
        Recipe recipe = TinyFold::recipe("efficientnet-b0");
        recipe.weights = initialWeights(identifyWeightFile(file), file, recipe.method);
        return recipe;
    }

    static std::shared_ptr<Network> started(const Recipe& recipe, int64_t classes, uint64_t seed)
    {
        const NetworkMaker make = networkMaker(recipe);
        const auto network = make(classes);
        network->initialise(seed);
        loadPart(*network, initialBody(recipe, make)); // as FoldTrainer does
        return network;
    }

    /// Weights of seed 5 with 1000 classes, as torchvision names them, behind a prefix and beside a stranger.
    static fs::path writeB0(const QTemporaryDir& folder)
    {
        EfficientNet model(EfficientNetOptions{});
        model->initialise(5);
        NamedTensors tensors;
        for (const auto& [name, tensor] : stateDict(*model))
            tensors.emplace_back("module." + name, tensor);
        tensors.emplace_back("temperature", torch::ones({1}));
        const fs::path file = folder.filePath(QStringLiteral("b0.pth")).toStdString();
        writeFileAtomically(file, encodeTorchZip(toWeights(tensors)));
        return file;
    }

private Q_SLOTS:
    void theBodyIsTheFilesAndTheHeadIsNew()
    {
        const QTemporaryDir folder;
        const Recipe recipe = startingFrom(writeB0(folder));
        const auto network = started(recipe, 4, 9);
        EfficientNet theirs(EfficientNetOptions{});
        theirs->initialise(5);
        EfficientNet fresh(EfficientNetOptions{.classes = 4});
        fresh->initialise(9);
        const NamedTensors expectedBody = stateDict(*theirs);
        const NamedTensors expectedHead = stateDict(*fresh);
        const NamedTensors actual = stateDict(*network);
        QCOMPARE(actual.size(), expectedBody.size());
        for (size_t i = 0; i < actual.size(); ++i) {
            const auto& [name, tensor] = actual[i];
            QVERIFY2(torch::equal(tensor, network->isHead(name) ? expectedHead[i].second : expectedBody[i].second), name.c_str());
        }
    }

    void withoutWeightsItStartsFromScratch()
    {
        const Recipe scratch = TinyFold::recipe("efficientnet-b0");
        QVERIFY(initialBody(scratch, networkMaker(scratch)).empty());
        const auto b0 = networkMaker(scratch)(10);
        const auto lite0 = networkMaker(scratch.with("training.network", "lite0"))(10);
        QCOMPARE(countParameters(*b0), int64_t(5288548 - 990 * 1281));
        QCOMPARE(countParameters(*lite0), int64_t(4652008 - 990 * 1281));
    }

    void aChangedFileIsRefusedBeforeAnythingIsTrained()
    {
        const QTemporaryDir folder;
        const fs::path file = writeB0(folder);
        const Recipe recipe = startingFrom(file);
        std::string bytes = readFile(file);
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        writeFileAtomically(file, bytes);
        const Error error = errorOf([&] { initialBody(recipe, networkMaker(recipe)); }).value();
        QCOMPARE(error.kind(), ErrorKind::InvalidValue);
        QCOMPARE(error.path(), file);
        fs::remove(file);
        QCOMPARE(errorOf([&] { initialBody(recipe, networkMaker(recipe)); }).value().kind(), ErrorKind::Missing);
        QVERIFY(networkMaker(recipe)(4)); // to evaluate what was trained the file is not needed
    }

    void aBodyThatDoesNotFitIsNamed()
    {
        const auto network = TinyFold::makeNetwork(4);
        NamedTensors tensors = stateDict(*network);
        tensors.pop_back(); // of the head
        loadBody(*network, tensors);
        tensors.erase(tensors.begin());
        const Error missing = errorOf([&] { loadBody(*network, tensors); }).value();
        QVERIFY2(std::string(missing.what()).find("conv1.weight") != std::string::npos, missing.what());
    }

    void imageNetsLite0Arrives()
    {
        const fs::path file = fs::path(qEnvironmentVariable("MELSCOPE_SHARED").toStdString()) / "weights" / "efficientnet-lite0-57934424.pth";
        if (!fs::exists(file))
            QSKIP("The reference weights are not there (MELSCOPE_SHARED).");
        const Recipe recipe = startingFrom(file);
        QCOMPARE(recipe.weights->trainedOn, "ImageNet");
        const auto network = started(recipe, 10, 1);
        const auto* const lite = dynamic_cast<const EfficientNetImpl*>(network.get());
        QVERIFY(lite && lite->options().lite && lite->options().tensorFlow);
        const NamedTensors theirs = toTensors(readWeightFile(file).tensors);
        const auto stem = std::ranges::find(theirs, "_conv_stem.weight", [](const auto& entry) { return entry.first; });
        QVERIFY(torch::equal(stateDict(*network).front().second, stem->second));
    }
};

QTEST_GUILESS_MAIN(TestInitialBody)
#include "tst_initial_body.moc"
