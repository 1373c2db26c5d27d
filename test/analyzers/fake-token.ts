/** Made up, of the right form, and put together here so that no scanner takes this file for a leak. */
export const fakeToken = {
  github: ["ghp", "9aQ2wE7rT4yU8iO3pL6kJ5hG0fD1sZxCvBnM"].join("_"),
  otherGithub: ["ghp", "Qn5tY2uI8oP4aS1dF7gH3jK6lZ9xC0vBmWeR"].join("_"),
  privateKey: [
    ["-----BEGIN RSA PRIVATE", "KEY-----"].join(" "),
    "MIIEogIBAAKCAQEA7joLfff3WdFIGwrlVdUWfZ9vDr9w86yQ0qg5rG7",
    "tW9bR1mQ8hV3kL5nX2cF6jP4dS7aZ0eYqK3oT8uB1vM6wJ2xH7rC4yD9zE5sG0fAlN",
    "Xp4LmZ7cV2bN9qW1eR6tY3uI8oP5aS0dF",
    ["-----END RSA PRIVATE", "KEY-----"].join(" "),
  ].join("\n"),
} as const;
