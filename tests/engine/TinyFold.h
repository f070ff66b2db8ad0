// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldTrainer.h"
#include "nn/ResNet.h"
#include "support/TinyFrontEnd.h"

#include <QTemporaryDir>

#include <cmath>

/// A fold small enough to train in a second: 24 clips of 16 x 24, four classes told apart by the band that is loud, and a
/// ResNet of one narrow block a stage.
struct TinyFold
{
    static constexpr int mels = 16;
    static constexpr int frames = 24;
    static constexpr int clips = 24;

    static std::shared_ptr<melscope::Network> makeNetwork(int64_t classes)
    {
        return std::make_shared<melscope::ResNetImpl>(melscope::ResNetOptions{.blocks = {1, 1, 1, 1}, .width = 8, .classes = classes});
    }

    TinyFold()
    {
        melscope::Dataset dataset{.name = "tiny", .layout = "folders", .root = "/", .classes = {"a", "b", "c", "d"}, .folds = {1, 2}};
        for (int clip = 0; clip < clips; ++clip) {
            const int label = clip % 4;
            dataset.clips.push_back({.name = std::to_string(clip), .path = "/tiny", .label = label, .fold = clip < 20 ? 1 : 2});
            melscope::RandomStream noise({.seed = 1, .epoch = 0, .clip = static_cast<uint64_t>(clip), .index = 0});
            for (int mel = 0; mel < mels; ++mel) {
                for (int frame = 0; frame < frames; ++frame)
                    values.push_back(static_cast<float>(-60.0 + 5.0 * noise.normal() + (mel / 4 == label ? 40.0 : 0.0)));
            }
        }
        job.dataset = std::make_shared<const melscope::Dataset>(std::move(dataset));
        job.recipe = recipe("resnet34");
        job.fold = 2;
        job.seed = 3;
        job.folder = folder.path().toStdString();
    }

    /// ResNet-34's published recipe for a method, in small.
    static melscope::Recipe recipe(const std::string& method)
    {
        melscope::Json json = melscope::findRecipe("resnet34-published").toJson();
        json["method"] = method;
        return melscope::Recipe::fromJson(json).with("training.epochs", "4").with("training.batch", "6").with("training.lr", "0.01")
            .with("training.precision", "fp32").with("training.threads", "1");
    }

    melscope::FoldData data() const
    {
        melscope::ClipSource source{.grid = [this](int clip) {
            return melscope::SharedValues{.values = std::span(values).subspan(static_cast<size_t>(clip * mels * frames), mels * frames)};
        }};
        return melscope::makeFoldData(job.dataset, job.fold, tinyFrontEnd(mels, frames), source);
    }

    melscope::FoldTrainer trainer() const { return melscope::FoldTrainer(job, data(), makeNetwork); }

    std::filesystem::path last() const { return job.folder / "checkpoints" / "fold2" / "last"; }

    QTemporaryDir folder;
    std::vector<float> values;
    melscope::FoldJob job;
};
