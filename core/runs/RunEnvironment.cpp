// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunEnvironment.h"

#include <array>
#include <cstdlib>

namespace melscope {
namespace {

constexpr std::array decisiveVariables{"ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "OPENBLAS_CORETYPE", "OMP_NUM_THREADS"};
constexpr const char* earlierKey = "earlier";

Json variables()
{
    Json values = Json::object();
    for (const char* name : decisiveVariables) {
        const char* value = std::getenv(name);
        values[name] = value ? Json(value) : Json(nullptr);
    }
    return values;
}

} // namespace

Json describeEnvironment(const EngineInfo& info, const Recipe& recipe, const std::string& datasetFingerprint)
{
    const int64_t asked = recipe.integer("training.threads");
    return {{"melscope", MELSCOPE_VERSION},
            {"torch", info.torchVersion},
            {"compiler", __VERSION__},
            {"cpu", info.cpu},
            {"cpu_capability", info.cpuCapability},
            {"blas", info.blas},
            {"threads", asked > 0 ? asked : info.threads},
            {"bf16", info.bf16},
            {"variables", variables()},
            {"dataset_fingerprint", datasetFingerprint}};
}

std::string environmentDifference(const Json& before, const Json& now)
{
    std::string names;
    for (const auto& [key, value] : now.items())
        if (key != earlierKey && (!before.contains(key) || before.at(key) != value))
            names += (names.empty() ? "" : ", ") + key;
    return names;
}

} // namespace melscope
