import { expect, test } from 'vitest';
import { median, pairwiseRatio } from './statistics.ts';

test('the median of an even number of values lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of nothing is no number', () => {
  expect(median([])).toBeNaN();
});

test('the pairwise ratio compares runs of the same round', () => {
  expect(pairwiseRatio([2, 20, 8], [1, 10, 2])).toBe(2);
  expect(pairwiseRatio([2, 3], [1])).toBe(2);
});
