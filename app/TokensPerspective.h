// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "DockPage.h"
#include "tokens/LoadedTokens.h"

#include <QTimer>

#include <memory>

class QSettings;

namespace melscope {

class AgreementPanel;
class CodeAtlasPanel;
class CodeGalleryPanel;
class CurrentCode;
class MicroscopePanel;
class PlacesPanel;
class TokenPage;
class TokenSourcePanel;
class TokenStatisticsPanel;
struct CodebookComparison;

/// What codebooks say: the token map in the middle, around it where codebooks come from and whatever else looks at their codes. One
/// current code lights up in all of it.
class TokensPerspective : public DockPage
{
    Q_OBJECT

public:
    explicit TokensPerspective(QWidget* parent = nullptr);

    TokenPage& page() { return *m_page; }
    TokenSourcePanel& sources() { return *m_sources; }
    PlacesPanel& places() { return *m_places; }
    AgreementPanel& agreement() { return *m_agreement; }
    CodeAtlasPanel& atlas() { return *m_atlas; }
    CodeGalleryPanel& gallery() { return *m_gallery; }
    TokenStatisticsPanel& statistics() { return *m_statistics; }
    MicroscopePanel& microscope() { return *m_microscope; }
    CurrentCode& current() { return *m_current; }
    QAction& playOnHover() { return *m_hear; } ///< a code under the pointer in atlas and gallery is heard; off at first

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< in every view; null: none
    void setComparison(const std::shared_ptr<const CodebookComparison>& comparison); ///< of these with others; null: none
    const std::shared_ptr<const LoadedTokens>& tokens() const { return m_tokens; }

    void remember(QSettings& settings) const;
    void recall(const QSettings& settings);

Q_SIGNALS:
    void seen(); ///< the page came to the front
    void hearRequested(int code); ///< its most typical place; CurrentCode::none: enough

protected:
    void arrangeDocks() override;
    void showEvent(QShowEvent* event) override;

private:
    /// A dock below the map, a tab among those that are there already.
    void addBelow(const QString& title, const QString& name, QWidget* widget);
    void showClip();
    void wireHearing();
    void codeUnderPointer(int code);

    CurrentCode* m_current;
    QAction* m_hear;
    std::shared_ptr<const LoadedTokens> m_tokens;
    TokenPage* m_page;
    TokenSourcePanel* m_sources;
    PlacesPanel* m_places;
    AgreementPanel* m_agreement;
    MicroscopePanel* m_microscope;
    CodeAtlasPanel* m_atlas;
    CodeGalleryPanel* m_gallery;
    TokenStatisticsPanel* m_statistics;
    QDockWidget *m_sourcesDock, *m_placesDock;
    QDockWidget* m_below = nullptr; // the first of those below the map
    std::string m_clipName;         // that is shown
    QTimer m_rest;                  // of the pointer: who crosses a hundred codes wants to hear none of them
    int m_pointed = -1;
};

} // namespace melscope
