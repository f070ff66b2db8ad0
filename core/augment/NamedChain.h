// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"

#include <filesystem>
#include <string>

namespace melscope {

/// A chain and what people call it: the content of a chain file, which is the chain's own object with, where wanted, "name",
/// "title" and "summary" beside its lists.
struct NamedChain
{
    std::string name;    ///< "light"; a file that says none is called by its stem
    std::string title;   ///< for people; the name where the file has none
    std::string summary; ///< one or two sentences, may be empty
    AugmentationChain chain;

    /// Throws Error(InvalidValue), see AugmentationChain::fromJson().
    static NamedChain fromJson(const Json& json);
    /// Throws Error with a sentence that names the file.
    static NamedChain fromFile(const std::filesystem::path& file);
    Json toJson() const; ///< empty names are left out
    void writeTo(const std::filesystem::path& file) const; ///< Throws Error as writeFileAtomically()
};

} // namespace melscope
