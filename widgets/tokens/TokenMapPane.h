// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodebookComparison.h"

#include <QWidget>

#include <string>

class QLabel;

namespace melscope {

class ClipAnalysis;
class CodeCard;
class CurrentCode;
class Timeline;
class TokenMapView;
struct Spectrogram;
struct Waveform;

/// A token map with its caption and the card that follows the pointer; computes the clip's spectrogram under the codebook's front end.
class TokenMapPane : public QWidget
{
    Q_OBJECT

public:
    enum class Colouring { ByCode, ByUsage };

    /// Both must outlive the pane.
    TokenMapPane(Timeline& timeline, CurrentCode& current, QWidget* parent = nullptr);
    ~TokenMapPane() override;

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none
    const std::shared_ptr<const LoadedTokens>& tokens() const { return m_tokens; }
    /// Null: none. `name` finds the clip's tokens in the set.
    void setClip(const std::string& name, const std::shared_ptr<const Waveform>& waveform);
    void setMessage(const QString& sentence); ///< in place of the map
    void setCaption(const QString& text);     ///< above the map; empty: none
    void setColouring(Colouring colouring);
    /// The pane shows its second codebook: in the colours of the codes that they come from, with marks where a token moved. Null: a
    /// codebook of its own.
    void setComparison(const std::shared_ptr<const CodebookComparison>& comparison);
    TokenMapView& view() const { return *m_view; }
    CurrentCode& current() const { return m_current; }

Q_SIGNALS:
    void painted(); ///< a new spectrogram is on the screen

private:
    void compute();
    void showSpectrogram(const std::shared_ptr<const Spectrogram>& spectrogram);
    void showTokens();
    void showColours();
    void moveCard(int token);

    CurrentCode& m_current;
    std::shared_ptr<const LoadedTokens> m_tokens;
    std::shared_ptr<const Waveform> m_waveform;
    std::string m_name;
    Colouring m_colouring = Colouring::ByCode;
    std::shared_ptr<const CodebookComparison> m_comparison;
    quint64 m_request = 0;
    QLabel* m_caption;
    TokenMapView* m_view;
    CodeCard* m_card;
    ClipAnalysis* m_analysis;
};

} // namespace melscope
