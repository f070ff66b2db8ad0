// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/PrincipalComponents.h"

#include "base/Error.h"
#include "base/RandomStream.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

using Vector = std::vector<double>;
using Vectors = std::vector<Vector>;

constexpr int extraVectors = 8;    // beside those wanted: they take what lies close to the last one
constexpr int mostIterations = 200;
constexpr double settled = 1e-9;   // relative change of the sum of the variances

double dot(const Vector& a, const Vector& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Gram-Schmidt, twice: once loses too many digits where vectors are nearly alike.
void orthonormalise(Vectors& vectors)
{
    for (size_t i = 0; i < vectors.size(); ++i) {
        for (int pass = 0; pass < 2; ++pass)
            for (size_t j = 0; j < i; ++j) {
                const double along = dot(vectors[i], vectors[j]);
                for (size_t k = 0; k < vectors[i].size(); ++k)
                    vectors[i][k] -= along * vectors[j][k];
            }
        const double length = std::sqrt(dot(vectors[i], vectors[i]));
        for (double& value : vectors[i])
            value = length > 1e-300 ? value / length : 0.0;
    }
}

/// Eigenvectors of a small symmetric matrix by Jacobi's rotations; columns of the result, values on the matrix's diagonal.
Vectors rotateToDiagonal(Vectors& matrix)
{
    const size_t n = matrix.size();
    Vectors axes(n, Vector(n, 0.0));
    for (size_t i = 0; i < n; ++i)
        axes[i][i] = 1.0;
    for (int sweep = 0; sweep < 60; ++sweep) {
        double off = 0.0, all = 0.0;
        for (size_t i = 0; i < n; ++i)
            for (size_t j = 0; j < n; ++j)
                (i == j ? all : off) += matrix[i][j] * matrix[i][j];
        if (off <= 1e-24 * all)
            break;
        for (size_t p = 0; p + 1 < n; ++p)
            for (size_t q = p + 1; q < n; ++q) {
                if (matrix[p][q] == 0.0)
                    continue;
                const double theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                const double t = (theta >= 0.0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1.0));
                const double c = 1.0 / std::sqrt(t * t + 1.0), s = t * c;
                const auto turn = [c, s](double& a, double& b) {
                    const double first = a;
                    a = c * first - s * b;
                    b = s * first + c * b;
                };
                for (size_t k = 0; k < n; ++k)
                    turn(matrix[k][p], matrix[k][q]);
                for (size_t k = 0; k < n; ++k)
                    turn(matrix[p][k], matrix[q][k]);
                for (size_t k = 0; k < n; ++k)
                    turn(axes[k][p], axes[k][q]);
            }
    }
    return axes;
}

FeatureMatrix centred(const FeatureMatrix& features)
{
    FeatureMatrix result = features;
    for (size_t column = 0; column < features.columns; ++column) {
        double mean = 0.0;
        for (size_t row = 0; row < features.rows; ++row)
            mean += static_cast<double>(features.row(row)[column]) / static_cast<double>(features.rows);
        for (size_t row = 0; row < features.rows; ++row)
            result.row(row)[column] = static_cast<float>(static_cast<double>(features.row(row)[column]) - mean);
    }
    return result;
}

double projected(std::span<const float> row, const Vector& axis)
{
    double sum = 0.0;
    for (size_t i = 0; i < row.size(); ++i)
        sum += static_cast<double>(row[i]) * axis[i];
    return sum;
}

/// The covariance times each axis, without ever forming the covariance.
Vectors spread(const FeatureMatrix& rows, const Vectors& axes)
{
    Vectors result(axes.size(), Vector(rows.columns, 0.0));
    for (size_t row = 0; row < rows.rows; ++row) {
        const std::span<const float> values = rows.row(row);
        for (size_t axis = 0; axis < axes.size(); ++axis) {
            const double along = projected(values, axes[axis]);
            for (size_t i = 0; i < values.size(); ++i)
                result[axis][i] += along * static_cast<double>(values[i]);
        }
    }
    return result;
}

/// Axes of the rows' largest spread, sorted; their squared sums in `sums`.
Vectors widestAxes(const FeatureMatrix& rows, size_t count, Vector& sums, const std::stop_token& stop)
{
    RandomStream random({.seed = 0x706361});
    Vectors axes(count, Vector(rows.columns));
    for (Vector& axis : axes)
        for (double& value : axis)
            value = random.normal();
    orthonormalise(axes);
    double before = 0.0;
    for (int iteration = 0; iteration < mostIterations; ++iteration) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "The projection was cancelled.");
        Vectors next = spread(rows, axes);
        double sum = 0.0;
        for (size_t i = 0; i < count; ++i)
            sum += dot(next[i], axes[i]);
        axes = std::move(next);
        orthonormalise(axes);
        if (iteration > 3 && std::abs(sum - before) <= settled * sum)
            break;
        before = sum;
    }
    // The block spans the right space; its own axes follow from the small matrix of spreads within it.
    const Vectors spreads = spread(rows, axes);
    Vectors small(count, Vector(count));
    for (size_t i = 0; i < count; ++i)
        for (size_t j = 0; j < count; ++j)
            small[i][j] = dot(axes[i], spreads[j]);
    const Vectors turned = rotateToDiagonal(small);
    std::vector<size_t> order(count);
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return small[a][a] > small[b][b]; });
    Vectors result;
    for (const size_t column : order) {
        Vector axis(rows.columns, 0.0);
        for (size_t i = 0; i < count; ++i)
            for (size_t k = 0; k < axis.size(); ++k)
                axis[k] += turned[i][column] * axes[i][k];
        const auto largest = std::max_element(axis.begin(), axis.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
        if (largest != axis.end() && *largest < 0.0)
            for (double& value : axis)
                value = -value;
        result.push_back(std::move(axis));
        sums.push_back(std::max(0.0, small[column][column]));
    }
    return result;
}

} // namespace

PrincipalComponents principalComponents(const FeatureMatrix& features, int components, std::stop_token stop)
{
    const size_t limit = std::min(features.rows, features.columns);
    const size_t wanted = std::min(static_cast<size_t>(std::max(components, 0)), limit);
    PrincipalComponents result{.projection = {.rows = features.rows, .columns = wanted, .values = std::vector<float>(features.rows * wanted)}};
    if (wanted == 0)
        return result;
    const FeatureMatrix rows = centred(features);
    double total = 0.0;
    for (const float value : rows.values)
        total += static_cast<double>(value) * static_cast<double>(value);
    Vector sums;
    const Vectors axes = widestAxes(rows, std::min(wanted + extraVectors, limit), sums, stop);
    for (size_t component = 0; component < wanted; ++component) {
        result.explained.push_back(total > 0.0 ? sums[component] / total : 0.0);
        for (size_t row = 0; row < rows.rows; ++row)
            result.projection.row(row)[component] = static_cast<float>(projected(rows.row(row), axes[component]));
    }
    return result;
}

} // namespace melscope
