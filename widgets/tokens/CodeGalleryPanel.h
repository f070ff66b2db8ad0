// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QWidget>

class QAction;
class QComboBox;

namespace melscope {

class CodeGallery;
class CurrentCode;

/// The gallery of a codebook's codes and how it is sorted.
class CodeGalleryPanel : public QWidget
{
    Q_OBJECT

public:
    /// `current` must outlive the panel; `hear`, the switch that has codes play under the pointer, is shown beside the order.
    CodeGalleryPanel(CurrentCode& current, QAction* hear, QWidget* parent = nullptr);

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none
    CodeGallery& gallery() const { return *m_gallery; }
    QComboBox& order() const { return *m_order; }

private:
    CodeGallery* m_gallery;
    QComboBox* m_order;
};

} // namespace melscope
