export const run = () => import('hearth-module:RECIPE_FOLDER/recipe.js@0');
