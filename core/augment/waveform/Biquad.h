// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace melscope {

/// A recursive filter of second order: y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2].
struct Biquad
{
    double b0 = 1.0;
    double b1 = 0.0;
    double b2 = 0.0;
    double a1 = 0.0;
    double a2 = 0.0;
};

/// The frequency, or the highest below half the sample rate that the filters here are asked for.
double filterable(double frequency, double sampleRate);

/// Frequencies in Hz, above 0 and below half the sample rate. All are bilinear transforms of analogue filters, bent so that
/// the frequencies named here are met exactly.

/// Butterworth filters: -3.01 dB at the cut-off, 6 dB an octave for each order, flat where they pass.
std::vector<Biquad> butterworthLowPass(int order, double cutOff, double sampleRate);
std::vector<Biquad> butterworthHighPass(int order, double cutOff, double sampleRate);
/// -3.01 dB at both edges, 0 dB at their geometric mean; `order` is that of either slope. low < high.
std::vector<Biquad> butterworthBandPass(int order, double low, double high, double sampleRate);

/// Gain in dB at the centre, about half of it (in dB) at the edges of a band of `octaves`, 0 dB far away (R. Bristow-Johnson's
/// "Audio EQ Cookbook"). Meant for centres up to highestPeak().
Biquad peakFilter(double centre, double octaves, double gain, double sampleRate);
double highestPeak(double sampleRate);

/// What a section makes of a sine.
double decibelsAt(const Biquad& section, double frequency, double sampleRate);

/// The samples through one section after the other, from silence, computed in double precision; the same on every CPU but
/// for the last bits of the doubles in between.
void filter(std::span<float> samples, std::span<const Biquad> sections);

} // namespace melscope
