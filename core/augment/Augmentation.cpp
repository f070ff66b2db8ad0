// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/Augmentation.h"

#include "base/Error.h"

#include <cmath>

namespace melscope {

ParameterRange ParameterRange::of(const std::string& name, const Json& values)
{
    const Json& low = values.at("min_" + name);
    const Json& high = values.at("max_" + name);
    if (low > high)
        throw Error(ErrorKind::InvalidValue, "min_" + name + " is " + low.dump() + " but must not be above max_" + name + ", which is "
                    + high.dump() + ".");
    return {.low = low, .high = high};
}

double ParameterRange::drawRatio(RandomStream& random) const
{
    return low * std::pow(high / low, random.uniform());
}

int64_t ParameterRange::drawWhole(RandomStream& random) const
{
    const auto first = static_cast<int64_t>(low);
    return first + random.below(static_cast<int64_t>(high) - first + 1);
}

double unitsPerDecibel(const FrontEnd& frontEnd)
{
    switch (frontEnd.kind) {
    case FrontEnd::Kind::Mel:
        return 1.0;
    case FrontEnd::Kind::Kaldi:
        return std::log(10.0) / 10.0;
    case FrontEnd::Kind::Beats:
        return std::log(10.0) / 10.0 / (2.0 * 6.55582);
    }
    return 1.0;
}

} // namespace melscope
