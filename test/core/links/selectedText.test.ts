import { expect, it } from "vitest";
import { selectedText } from "../../../src/core/links/selectedText.ts";

it.each([
  ["# Guide for guests", "Guide for guests"],
  ["### A hut\n\nwith a red door", "A hut with a red door"],
  ["- a bench\r\n- a bell", "a bench a bell"],
  ["  > 2) A lake at night", "2) A lake at night"],
  ["1. A lake, 40 steps away", "A lake, 40 steps away"],
  ["<!-- picture of the bench goes here -->", "picture of the bench goes here"],
  ["// A kite -\n// over the sea", "A kite - over the sea"],
  ["/* hero */", "hero"],
  ["#1 of 3 foxes, -5 °C, *bold*", "#1 of 3 foxes, -5 °C, *bold*"],
  ["3.5 metres of snow", "3.5 metres of snow"],
])("the words of the selected text %j are %j", (text, words) => {
  expect(selectedText(text)).toBe(words);
});
