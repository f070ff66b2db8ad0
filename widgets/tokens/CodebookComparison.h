// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"
#include "tokens/TokenAgreement.h"

#include <QString>

#include <memory>
#include <vector>

namespace melscope {

/// Two codebooks' tokens of the same clips side by side. Immutable once shared.
struct CodebookComparison
{
    /// Of one clip.
    struct OfClip
    {
        int64_t compared = 0; ///< tokens that neither takes for silence
        double adjusted = 0.0; ///< adjusted mutual information, see TokenAgreement
        std::vector<bool> moved; ///< [token]: its second code is not the one that most places of its first code have
        double movedShare() const;
    };

    std::shared_ptr<const LoadedTokens> first, second;
    QString firstName, secondName;
    TokenAgreement agreement;               ///< over all clips: of the first's codes
    std::vector<int> firstOfSecond;         ///< [code of the second]: the code of the first it shares most places with; -1 without one

    OfClip ofClip(int clip) const; ///< index in the sets
};

/// For a job's thread. Throws Error(InvalidValue) where their tokens are not of the same places.
std::shared_ptr<const CodebookComparison> compareCodebooks(const std::shared_ptr<const LoadedTokens>& first,
                                                           const std::shared_ptr<const LoadedTokens>& second, const QString& firstName = {},
                                                           const QString& secondName = {});

} // namespace melscope
