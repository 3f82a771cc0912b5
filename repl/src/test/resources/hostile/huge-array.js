// Tries: to ask for an array longer than any can be
// Expects: recipe.error 1
export default () => new Array(2 ** 32);
