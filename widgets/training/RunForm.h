// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"
#include "base/Threads.h"
#include "dataset/Dataset.h"
#include "training/Recipe.h"

#include <QWidget>

#include <memory>
#include <set>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace melscope {

class AugmentationChoice;
class MethodCards;
class ParameterForm;

/// What a new run is made of: method, recipe with its values, folds, seeds; and whether the dataset at hand may be used.
class RunForm : public QWidget
{
    Q_OBJECT

public:
    explicit RunForm(QWidget* parent = nullptr);
    ~RunForm() override;

    void setDataset(std::shared_ptr<const Dataset> dataset); ///< nullptr: none
    void setRecipes(const std::vector<Recipe>& recipes);
    void chooseRecipe(const std::string& name);
    /// In place of the recipe's own, until the user chooses otherwise; of its views where it learns by contrast.
    void setAugmentation(const NamedChain& chain);

    const Recipe& recipe() const { return m_recipe; } ///< as edited
    std::vector<int> folds() const;                   ///< held out, one after the other
    QString obstacle() const; ///< the sentence that says why nothing can be started, empty where it can

    ParameterForm* form() const { return m_form; } ///< nullptr before a recipe is there

Q_SIGNALS:
    void startRequested(const melscope::Recipe& recipe, const std::vector<int>& folds, quint64 seed); ///< once for each seed
    void editAugmentationRequested(const melscope::NamedChain& chain);

private:
    void build();
    QWidget* buildWhere();
    void showMethod();
    void showRecipe();
    void takeEdit(const QString& key);
    void takeAugmentation();
    void nameRecipe();
    void showDataset();
    void lookForLeaks();
    void updateStart();
    void start();

    std::vector<Recipe> m_recipes;
    Recipe m_chosen; ///< as shipped
    Recipe m_recipe; ///< as edited
    std::set<std::string> m_refused; ///< keys whose values in the form contradict others
    std::shared_ptr<const Dataset> m_dataset;
    MethodCards* m_cards;
    QComboBox* m_recipeChoice;
    QLabel* m_summary;
    AugmentationChoice* m_augmentation;
    AugmentationChoice* m_views; ///< shown where the recipe has views
    QScrollArea* m_scroll;
    QVBoxLayout* m_formPlace;
    ParameterForm* m_form = nullptr;
    QLabel *m_datasetLine, *m_leakLine, *m_obstacle;
    QComboBox* m_foldChoice;
    QSpinBox *m_seed, *m_seedCount;
    QPushButton* m_start;
    LatestJob m_leakJob; // last: stops before what it delivers to goes
};

} // namespace melscope
