// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunMicroscope.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace melscope {

class GuessList;
class MaskedClipView;

/// A masked-prediction run under the microscope, batch by batch: input, mask, what was asked for, what was guessed, and the training loss.
class MicroscopePanel : public QWidget
{
    Q_OBJECT

public:
    explicit MicroscopePanel(QWidget* parent = nullptr);

    void setRounds(const std::vector<RunCodebook>& rounds); ///< of runs that there are
    void chooseRound(const RunCodebook& round);             ///< where it is among them; looks at nothing
    void begin(const QString& doing); ///< what lookRequested() asked for is under way; another request takes its place
    void showLook(const std::shared_ptr<const MicroscopeLook>& look);
    void showMessage(const QString& sentence); ///< it failed, or was given up
    MaskedClipView& view() const { return *m_view; }
    GuessList& guesses() const { return *m_guesses; }
    QString verdict() const; ///< the sentence about the batch

Q_SIGNALS:
    void lookRequested(const melscope::RunCodebook& round, const melscope::MaskedSpot& spot);

private:
    QWidget* buildControls();
    bool isFollowed() const;
    void request(const MaskedSpot& spot);
    void showEpochs();
    int epoch() const; // 0: the newest
    QString sentence() const;
    void showClip(int clip);

    std::vector<RunCodebook> m_rounds;
    std::shared_ptr<const MicroscopeLook> m_look;
    std::optional<RunCodebook> m_asked; // the round of the last request
    QComboBox *m_round, *m_epoch, *m_clip;
    QSpinBox* m_batch;
    QPushButton* m_start;
    QCheckBox* m_blank;
    QLabel* m_verdict;
    MaskedClipView* m_view;
    GuessList* m_guesses;
};

} // namespace melscope
