// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "cli/Commands.h"
#include "cli/TrainingSession.h"
#include "runs/CheckpointWeights.h"
#include "training/BeatsEncoder.h"
#include "weights/BeatsCheckpoint.h"
#include "weights/Safetensors.h"
#include "weights/TorchZip.h"

#include <algorithm>

namespace melscope::cli {
namespace {

int foldOf(const RunRecord& run, const Arguments& arguments)
{
    std::string folds;
    for (const int fold : run.folds)
        folds += (folds.empty() ? "" : ", ") + std::to_string(fold);
    const auto asked = arguments.integer("fold", 0, INT32_MAX);
    if (!asked && run.folds.size() > 1)
        throw UsageError("Run " + run.id + " has a model for each of the folds " + folds + "; --fold N says which to export.");
    const int fold = asked ? static_cast<int>(*asked) : run.folds.front();
    if (std::ranges::count(run.folds, fold) == 0)
        throw UsageError("Run " + run.id + " has no fold " + std::to_string(fold) + "; it has " + folds + ".");
    return fold;
}

int runExport(const Arguments& arguments, Output& output)
{
    const std::string format = arguments.text("format").value_or("");
    if (format != "pt" && format != "safetensors")
        throw UsageError("--format must be pt or safetensors.");
    if (!arguments.has("out"))
        throw UsageError("--out FILE says where to write.");
    const std::filesystem::path out = *arguments.text("out");
    const auto store = openStore(arguments.text("runs"));
    const RunRecord run = store->find(arguments.operands().front());
    const int fold = foldOf(run, arguments);
    const CheckpointWeights checkpoint = lastEpochWeights(store->runFolder(run.id), fold);
    std::vector<WeightTensor> tensors = checkpoint.weights.tensors;
    Json beside; // what the model's own checkpoints hold besides
    if (run.method == "beats-finetuned") {
        tensors = officialBeatsTensors(tensors);
        beside = officialBeatsMembers(beatsEncoder(store->recipe(run.id)), run.classes);
    }
    // The classes in the order of the logits, which a state dict has no place for.
    std::map<std::string, std::string> metadata = {{"format", "pt"}, {"producer", "Melscope"}, {"run", run.id},
                                                   {"recipe", run.recipeName}, {"fold", std::to_string(fold)},
                                                   {"epoch", std::to_string(checkpoint.epoch)}, {"classes", Json(run.classes).dump()}};
    if (beside.contains("cfg"))
        metadata["cfg"] = beside.at("cfg").dump();
    const std::string bytes = format == "pt" ? encodeTorchZip(tensors, "weights", beside) : encodeSafetensors(tensors, metadata);
    writeFileAtomically(out, bytes);
    output.json({{"event", "written"}, {"file", out.string()}, {"run", run.id}, {"fold", fold}, {"epoch", checkpoint.epoch},
                 {"tensors", tensors.size()}, {"bytes", bytes.size()}, {"sha256", sha256(bytes)}});
    output.message("Written: " + out.string() + " (fold " + std::to_string(fold) + ", epoch " + std::to_string(checkpoint.epoch) + ", "
                   + std::to_string(tensors.size()) + " tensors)");
    return Done;
}

} // namespace

Command weightsExportCommand()
{
    return {.name = "weights export", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "write a trained model's weights for Python",
            .details = "Writes the weights of the last complete epoch, the ones that a run's figures belong to: pt for torch.load, safetensors "
                       "for safetensors.torch.load_file, both for load_state_dict(strict=True). ResNet-34 and EfficientNet-B0 have torchvision's "
                       "names. ResNet-34's first convolution has one channel, the spectrogram; in Python, set "
                       "model.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False) first. Lite0 is torchvision's efficientnet_b0 with every "
                       "SqueezeExcitation replaced by torch.nn.Identity() and every SiLU by ReLU6. A fine-tuned BEATs is written as its "
                       "published checkpoints are: pt holds {cfg, model} for the official BEATs(BEATsConfig(cfg)). Of a frozen one it is the "
                       "classifier alone and how it standardises its features. Needs no training engine.",
            .options = {{"format", "pt|safetensors", "PyTorch's own format, or safetensors (which also names run, epoch and classes)"},
                        {"out", "FILE", "the file to write"},
                        {"fold", "N", "the held-out fold whose model is meant; needed where the run has several"}, runsOption},
            .examples = {"melscope weights export 3f9a --format pt --out resnet34.pt"}, .run = runExport};
}

} // namespace melscope::cli
