// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/NearestVectors.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace melscope {

/// A vocabulary of vectors: the token of a point is the code nearest to it.
struct Codebook
{
    enum class Kind {
        KMeans,           ///< centroids of patches
        RandomProjection, ///< random codes, compared in direction behind a random projection (BEST-RQ, Chiu et al. 2022, arXiv 2202.01855)
        Refined           ///< centroids of a model's features of unit length (BEATs' iterations, Chen et al. 2022, arXiv 2212.09058)
    };
    Kind kind = Kind::KMeans;
    int codes = 0;
    int dim = 0;                   ///< of a point: the patch's size, or that of the model's features
    int codeDim = 0;               ///< of a code; dim but for a random projection
    std::vector<float> vectors;    ///< [code, code dim]; of unit length but for k-means
    std::vector<float> projection; ///< [code dim, dim]; random projection only

    bool operator==(const Codebook&) const = default;

    static Codebook ofCentroids(Kind kind, std::vector<float> centroids, int dim);
    /// Equal seeds give equal codebooks. Nothing is fitted.
    static Codebook randomProjection(int codes, int dim, int codeDim, uint64_t seed);
};

const char* toString(Codebook::Kind kind);           ///< "k-means", "random-projection", "refined"
Codebook::Kind codebookKindFrom(const std::string& text); ///< Throws Error(Format).

/// Assigns codes. Immutable; assign() may be called from several threads at once.
class CodeAssigner
{
public:
    explicit CodeAssigner(const Codebook& codebook);

    /// points [n, dim] -> codes [n] and the distance of each to its code: Euclidean, between unit vectors (0 to 2) but for k-means.
    void assign(std::span<const float> points, std::span<int32_t> codes, std::span<float> distances) const;

private:
    Codebook::Kind m_kind;
    size_t m_dim;
    size_t m_codeDim;
    std::vector<float> m_projection;
    NearestVectors m_vectors;
};

/// Brings every vector of `vectors` [n, dim] to unit length; a zero stays zero.
void normaliseLengths(std::span<float> vectors, int dim);

} // namespace melscope
