// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/Codebook.h"

#include "base/Error.h"
#include "base/RandomStream.h"

#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace melscope {
namespace {

constexpr uint64_t codeStream = 0x636F646573ull;
constexpr uint64_t projectionStream = 0x70726F6A656374ull;

constexpr std::array kinds{std::pair(Codebook::Kind::KMeans, "k-means"), std::pair(Codebook::Kind::RandomProjection, "random-projection"),
                           std::pair(Codebook::Kind::Refined, "refined")};

} // namespace

const char* toString(Codebook::Kind kind)
{
    return kinds[static_cast<size_t>(kind)].second;
}

Codebook::Kind codebookKindFrom(const std::string& text)
{
    for (const auto& [kind, name] : kinds)
        if (text == name)
            return kind;
    throw Error(ErrorKind::Format, "There is no kind of codebook \"" + text + "\"; it is k-means, random-projection or refined.");
}

Codebook Codebook::ofCentroids(Kind kind, std::vector<float> centroids, int dim)
{
    return {.kind = kind, .codes = static_cast<int>(centroids.size()) / dim, .dim = dim, .codeDim = dim, .vectors = std::move(centroids)};
}

Codebook Codebook::randomProjection(int codes, int dim, int codeDim, uint64_t seed)
{
    Codebook codebook{.kind = Kind::RandomProjection, .codes = codes, .dim = dim, .codeDim = codeDim};
    codebook.vectors.resize(static_cast<size_t>(codes * codeDim));
    RandomStream({.seed = seed, .epoch = 0, .clip = 0, .index = codeStream}).normals(codebook.vectors);
    normaliseLengths(codebook.vectors, codeDim);
    RandomStream random({.seed = seed, .epoch = 0, .clip = 0, .index = projectionStream});
    const double bound = std::sqrt(6.0 / (dim + codeDim)); // Glorot's, as in BEST-RQ
    for (int i = 0; i < codeDim * dim; ++i)
        codebook.projection.push_back(static_cast<float>(random.uniform(-bound, bound)));
    return codebook;
}

CodeAssigner::CodeAssigner(const Codebook& codebook)
    : m_kind(codebook.kind), m_dim(static_cast<size_t>(codebook.dim)), m_codeDim(static_cast<size_t>(codebook.codeDim)),
      m_projection(codebook.projection), m_vectors(codebook.vectors, codebook.codeDim)
{
}

void CodeAssigner::assign(std::span<const float> points, std::span<int32_t> codes, std::span<float> distances) const
{
    if (m_kind == Codebook::Kind::KMeans) {
        m_vectors.find(points, codes, distances);
        return;
    }
    std::vector<float> compared;
    if (m_kind == Codebook::Kind::Refined) {
        compared.assign(points.begin(), points.end());
    } else {
        for (size_t i = 0; i < codes.size(); ++i)
            for (size_t row = 0; row < m_codeDim; ++row) {
                const auto weights = std::span(m_projection).subspan(row * m_dim, m_dim);
                compared.push_back(std::inner_product(weights.begin(), weights.end(), points.begin() + static_cast<ptrdiff_t>(i * m_dim), 0.0f));
            }
    }
    normaliseLengths(compared, static_cast<int>(m_codeDim));
    m_vectors.find(compared, codes, distances);
}

void normaliseLengths(std::span<float> vectors, int dim)
{
    for (size_t begin = 0; begin < vectors.size(); begin += static_cast<size_t>(dim)) {
        const auto vector = vectors.subspan(begin, static_cast<size_t>(dim));
        double squares = 0.0;
        for (const float value : vector)
            squares += static_cast<double>(value) * value;
        const float scale = squares > 0.0 ? static_cast<float>(1.0 / std::sqrt(squares)) : 0.0f;
        for (float& value : vector)
            value *= scale;
    }
}

} // namespace melscope
